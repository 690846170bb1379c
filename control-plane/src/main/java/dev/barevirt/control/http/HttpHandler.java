package dev.barevirt.control.http;

/** Answers requests; each is answered on a thread of its own, which may wait. */
@FunctionalInterface
public interface HttpHandler {
  /** The answer to a request. */
  Answer answer(HttpRequest request) throws InterruptedException;
}
