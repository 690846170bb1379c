package dev.barevirt.launcher.guest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that a test moves. */
public final class ManualTicker implements Ticker {
  private record Pending(Instant at, Runnable task) {}

  private final List<Pending> pending = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized Alarm after(Duration delay, Runnable task) {
    Pending alarm = new Pending(now.plus(delay), task);
    pending.add(alarm);
    return () -> cancel(alarm);
  }

  private synchronized void cancel(Pending alarm) {
    pending.remove(alarm);
  }

  /** Moves the clock and runs what has come due, in order. */
  public void advance(Duration by) {
    List<Pending> due;
    synchronized (this) {
      now = now.plus(by);
      Instant reached = now;
      due =
          pending.stream()
              .filter(alarm -> !alarm.at().isAfter(reached))
              .sorted(Comparator.comparing(Pending::at))
              .toList();
      pending.removeAll(due);
    }
    due.forEach(alarm -> alarm.task().run());
  }
}
