package dev.barevirt.control.http;

/** What a client gets. */
public sealed interface Answer {

  /**
   * All at once.
   *
   * @param code the status code
   * @param contentType the type of the body; empty when there is none
   */
  record Whole(int code, String contentType, Payload body) implements Answer {}

  /**
   * A stream that goes on in another connection.
   *
   * @param peer the other connection, which is closed with the client's
   * @param liveness how a client is found out that is gone
   */
  record Stream(Peer peer, Liveness liveness) implements Answer {}

  /** Nothing but a status code. */
  static Whole empty(int code) {
    return new Whole(code, "", Payload.EMPTY);
  }

  /** A text for people. */
  static Whole text(int code, String text) {
    return new Whole(code, "text/plain", Payload.of(text));
  }

  /** A JSON document. */
  static Whole json(int code, String json) {
    return new Whole(code, "application/json", Payload.of(json));
  }
}
