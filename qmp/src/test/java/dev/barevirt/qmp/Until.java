package dev.barevirt.qmp;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do. */
public final class Until {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(1);

  private Until() {}

  /** Returns once the condition holds; fails the test when it does not for a minute. */
  public static void holds(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + DEADLINE + ": " + what);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
