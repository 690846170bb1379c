package dev.barevirt.control.http;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request as it came in.
 *
 * @param method the method
 * @param path the path as it was sent, nothing decoded
 * @param query what follows the question mark, nothing decoded; empty when there is none
 * @param headers the headers by their names in lower case
 * @param body the body
 * @param clientChain the certificates the client has the first key of, which nobody has judged yet
 * @param kind whether an answer or a stream is wanted
 */
public record HttpRequest(
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    Payload body,
    List<X509Certificate> clientChain,
    Kind kind) {

  /** What a client wants. */
  public enum Kind {
    /** An answer. */
    PLAIN,
    /** A stream, by websocket. */
    STREAM
  }

  /** All values of a header. */
  public List<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}
