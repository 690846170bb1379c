package dev.barevirt.launcher.guest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waiting for an answer of the mailbox. */
final class Waits {
  private Waits() {}

  static <T> T get(CompletableFuture<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof GuestException refused) {
        throw refused;
      }
      throw new IllegalStateException("the guest's mailbox failed", failed.getCause());
    }
  }
}
