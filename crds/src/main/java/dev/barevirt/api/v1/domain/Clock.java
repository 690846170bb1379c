package dev.barevirt.api.v1.domain;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** The guest's clock and timers. */
public record Clock(
    @Doc("The clock shows UTC.") @Nullable Utc utc,
    @Doc("The clock shows the local time of this zone.") @Nullable String timezone,
    @Doc("The timers of the machine.") @Nullable Timers timer) {
  /** The same with another {@code timer}. */
  public Clock withTimer(@Nullable Timers timer) {
    return new Clock(utc, timezone, timer);
  }

  /** A clock in UTC. */
  public record Utc(@Doc("How far it is off.") @Nullable Integer offsetSeconds) {}
}
