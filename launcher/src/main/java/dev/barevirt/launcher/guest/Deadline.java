package dev.barevirt.launcher.guest;

import java.time.Duration;

/** The waits between the steps of an end; at most one of each runs at a time. */
public enum Deadline {
  /** Between the first press of the power button and the second; some guests need two. */
  SECOND_POWERDOWN(Duration.ofMillis(500)),
  /** The guest's grace period; as long as whoever asked says. */
  GRACE(Duration.ofSeconds(30)),
  /** How long QEMU may take to end after it said that it would, flushing disks. */
  LEAVE(Duration.ofSeconds(60)),
  /** How long QEMU may take to end after a signal that it obeys. */
  TERMINATE(Duration.ofSeconds(10)),
  /**
   * How long the kernel may take after the signal that cannot be caught, before it is sent again.
   */
  KILL(Duration.ofSeconds(10));

  private final Duration patience;

  Deadline(Duration patience) {
    this.patience = patience;
  }

  /** How long it is, unless something else is asked for. */
  public Duration patience() {
    return patience;
  }
}
