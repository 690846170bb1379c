package dev.barevirt.api.v1.domain;

import dev.barevirt.api.core.FeatureState;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Unsigned;
import org.jspecify.annotations.Nullable;

/** Enlightenments for Windows. */
public record Hyperv(
    @Doc("No time-outs on a busy host.") @Nullable FeatureState relaxed,
    @Doc("A paravirtual interrupt controller.") @Nullable FeatureState vapic,
    @Doc("Spin locks that tell the host.") @Nullable Spinlocks spinlocks,
    @Doc("Numbers of virtual processors.") @Nullable FeatureState vpindex,
    @Doc("How long a processor really ran.") @Nullable FeatureState runtime,
    @Doc("The synthetic interrupt controller.") @Nullable FeatureState synic,
    @Doc("Synthetic timers.") @Nullable SynicTimer synictimer,
    @Doc("Reset through the hypervisor.") @Nullable FeatureState reset,
    @Doc("The hypervisor's name as the guest reads it.") @Nullable VendorId vendorid,
    @Doc("The frequencies of clock and interrupt controller.") @Nullable FeatureState frequencies,
    @Doc("A notice when the frequency changed after a migration.")
        @Nullable FeatureState reenlightenment,
    @Doc("Flushing address caches through the hypervisor.") @Nullable TlbFlush tlbflush,
    @Doc("Interrupts between processors through the hypervisor.") @Nullable FeatureState ipi,
    @Doc("A faster way for a hypervisor in the guest.") @Nullable FeatureState evmcs) {
  /** Nothing said. */
  public static final Hyperv EMPTY =
      new Hyperv(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  /** Spin locks that tell the host. */
  public record Spinlocks(
      @Doc("Whether they are on; true when absent.") @Nullable Boolean enabled,
      @Doc("How often to try before telling the host; 4096 when absent.") @Unsigned
          @Nullable Long spinlocks) {}

  /** Synthetic timers. */
  public record SynicTimer(
      @Doc("Whether they are on; true when absent.") @Nullable Boolean enabled,
      @Doc("Expired timers interrupt without a message.") @Nullable FeatureState direct) {}

  /** The hypervisor's name as the guest reads it. */
  public record VendorId(
      @Doc("Whether it is set; true when absent.") @Nullable Boolean enabled,
      @Doc("The name, twelve characters at most.") @Nullable String vendorid) {}

  /** Flushing address caches through the hypervisor. */
  public record TlbFlush(
      @Doc("Whether it is on; true when absent.") @Nullable Boolean enabled,
      @Doc("For a hypervisor in the guest too.") @Nullable FeatureState direct,
      @Doc("For single addresses too.") @Nullable FeatureState extended) {}
}
