package dev.barevirt.qmp.wire;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting on a virtual thread for something the loop completes. */
final class Waiting {
  private Waiting() {}

  static <T> T await(CompletableFuture<T> future, Duration deadline, String what)
      throws InterruptedException {
    try {
      return future.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new WireException.TimedOut("waited " + deadline.toMillis() + " ms for " + what);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WireException cause) {
        throw cause;
      }
      throw new IllegalStateException(what, e.getCause());
    }
  }
}
