package dev.barevirt.api.v1.domain;

import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** The timers of the machine. */
public record Timers(
    @Doc("The high precision event timer.") @Nullable Hpet hpet,
    @Doc("The paravirtual clock of KVM.") @Nullable Kvm kvm,
    @Doc("The programmable interval timer.") @Nullable Pit pit,
    @Doc("The real-time clock.") @Nullable Rtc rtc,
    @Doc("The paravirtual clock of Hyper-V.") @Nullable Hyperv hyperv) {
  /** The high precision event timer. */
  public record Hpet(
      @Doc("What happens to ticks that were missed.")
          @Allowed({"delay", "catchup", "merge", "discard"})
          @Nullable String tickPolicy,
      @Doc("Whether it is there; true when absent.") @Nullable Boolean present) {}

  /** The paravirtual clock of KVM. */
  public record Kvm(@Doc("Whether it is there; true when absent.") @Nullable Boolean present) {}

  /** The programmable interval timer. */
  public record Pit(
      @Doc("What happens to ticks that were missed.") @Allowed({"delay", "catchup", "discard"})
          @Nullable String tickPolicy,
      @Doc("Whether it is there; true when absent.") @Nullable Boolean present) {}

  /** The real-time clock. */
  public record Rtc(
      @Doc("What happens to ticks that were missed.") @Allowed({"delay", "catchup"})
          @Nullable String tickPolicy,
      @Doc("Whether it is there; true when absent.") @Nullable Boolean present,
      @Doc("The time it follows.") @Allowed({"guest", "wall"}) @Nullable String track) {}

  /** The paravirtual clock of Hyper-V. */
  public record Hyperv(@Doc("Whether it is there; true when absent.") @Nullable Boolean present) {}
}
