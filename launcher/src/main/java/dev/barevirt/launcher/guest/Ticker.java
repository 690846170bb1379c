package dev.barevirt.launcher.guest;

import java.time.Duration;
import java.time.Instant;

/** The clock of a guest's controller. */
public interface Ticker {

  /** Now. */
  Instant now();

  /** Runs a short task once, later, unless it is cancelled before. */
  Alarm after(Duration delay, Runnable task);

  /** Something that will happen. */
  interface Alarm {
    /** Makes it not happen; without effect when it already did. */
    void cancel();
  }
}
