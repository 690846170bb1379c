package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiFailure;
import dev.barevirt.virtctl.api.ConnectionException;

/** Requests whose failures say what was being done. */
final class Ask {
  private Ask() {}

  /** A request. */
  @FunctionalInterface
  interface Request<T> {
    T send() throws InterruptedException;
  }

  /** Sends it; a failure's message gets a beginning. */
  static <T> T orSay(String beginning, Request<T> request) throws InterruptedException {
    try {
      return request.send();
    } catch (ApiFailure | ConnectionException e) {
      throw new CommandFailure(beginning + ": " + e.getMessage(), e);
    }
  }
}
