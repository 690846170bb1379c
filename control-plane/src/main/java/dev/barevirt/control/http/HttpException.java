package dev.barevirt.control.http;

/** A connection or a certificate that cannot be used. */
public final class HttpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HttpException(String message) {
    super(message);
  }

  public HttpException(String message, Throwable cause) {
    super(message, cause);
  }
}
