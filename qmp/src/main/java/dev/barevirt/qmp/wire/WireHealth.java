package dev.barevirt.qmp.wire;

import java.time.Duration;

/** How a peer is doing, judged by the age of the oldest command it has not answered. */
public enum WireHealth {
  /** Nothing is older than a second. */
  HEALTHY,
  /** Something takes its time. */
  BUSY,
  /** Half a minute without an answer: something is wrong at the other end. */
  STALLED,
  /** The connection has ended. */
  CLOSED;

  private static final Duration BUSY_AFTER = Duration.ofSeconds(1);
  private static final Duration STALLED_AFTER = Duration.ofSeconds(30);

  static WireHealth ofAge(Duration oldest) {
    if (oldest.compareTo(BUSY_AFTER) < 0) {
      return HEALTHY;
    }
    return oldest.compareTo(STALLED_AFTER) < 0 ? BUSY : STALLED;
  }
}
