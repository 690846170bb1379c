package dev.barevirt.control.http;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for what the loop does, on a thread that may. */
final class Waiting {
  private Waiting() {}

  static <T> T on(Future<T> future, Duration deadline, String what) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new HttpException(what + ": " + reason(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new HttpException(what + " took longer than " + deadline.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpException(what + " was interrupted", e);
    }
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null || cause.getMessage() == null ? "failed" : cause.getMessage();
  }
}
