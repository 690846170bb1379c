package dev.barevirt.virtctl.api;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.Tree;
import dev.barevirt.virtctl.kubeconfig.Fields;

/** The API has answered that it does not do what was asked; the message is the server's own. */
public final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private ApiFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** From an answer: a {@code Status} says what is wrong, so does a plain text. */
  public static ApiFailure of(int status, String body) {
    if (RecordReader.LENIENT.readTree(body) instanceof Reading.Accepted<Tree>(Tree tree)) {
      Fields answer = new Fields(tree);
      if (answer.text("kind").equals("Status") && !answer.text("message").isEmpty()) {
        return new ApiFailure(status, answer.text("message"));
      }
    }
    String text = body.strip();
    String general = general(status);
    return new ApiFailure(status, text.isEmpty() ? general : general + ": " + text);
  }

  private static String general(int status) {
    return switch (status) {
      case 400 -> "the server rejected our request for an unknown reason";
      case 401 -> "You must be logged in to the server (Unauthorized)";
      case 403 -> "the server does not allow access to the requested resource";
      case 404 -> "the server could not find the requested resource";
      case 405 -> "the server does not allow this method on the requested resource";
      case 409 -> "the server reported a conflict";
      case 429 -> "the server has received too many requests and has asked us to try again later";
      case 503 -> "the server is currently unable to handle the request";
      default -> "the server answered with HTTP status " + status;
    };
  }
}
