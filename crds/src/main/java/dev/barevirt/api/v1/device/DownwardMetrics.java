package dev.barevirt.api.v1.device;

/** Figures of the host, read through a serial port. */
public record DownwardMetrics() {
  /** Nothing said. */
  public static final DownwardMetrics EMPTY = new DownwardMetrics();
}
