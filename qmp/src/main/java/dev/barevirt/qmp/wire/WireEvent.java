package dev.barevirt.qmp.wire;

import java.time.Instant;

/**
 * Something the peer says happened.
 *
 * @param name its wire name
 * @param data its data, an object
 * @param seconds when, by the peer's clock
 * @param micros and the microseconds
 */
public record WireEvent(String name, RawJson data, long seconds, long micros) {
  /** An event happening at an instant. */
  public static WireEvent of(String name, RawJson data, Instant at) {
    return new WireEvent(name, data, at.getEpochSecond(), at.getNano() / 1000L);
  }

  /** When it happened, by the peer's clock; a clock it could not read gives the epoch. */
  public Instant at() {
    return seconds < 0 || seconds > Instant.MAX.getEpochSecond()
        ? Instant.EPOCH
        : Instant.ofEpochSecond(seconds, Math.floorMod(micros, 1_000_000L) * 1000L);
  }
}
