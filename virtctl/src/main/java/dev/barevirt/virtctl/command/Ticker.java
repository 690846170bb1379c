package dev.barevirt.virtctl.command;

import java.time.Duration;

/** Time, as far as commands see it. */
public interface Ticker {
  /** Time since some moment. */
  Duration now();

  /** Waits. */
  void pause(Duration duration) throws InterruptedException;
}
