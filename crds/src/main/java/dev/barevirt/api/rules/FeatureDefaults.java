package dev.barevirt.api.rules;

import dev.barevirt.api.core.FeatureState;
import dev.barevirt.api.v1.domain.Clock;
import dev.barevirt.api.v1.domain.Features;
import dev.barevirt.api.v1.domain.Hyperv;
import dev.barevirt.api.v1.domain.Timers;
import org.jspecify.annotations.Nullable;

/** Switches that are there are on, and what they rest on is on with them. */
final class FeatureDefaults {
  private static final long SPINLOCK_TRIES = 4096;
  private static final FeatureState ON = new FeatureState(true);

  private FeatureDefaults() {}

  static Features features(@Nullable Features written) {
    Features features = written == null ? Features.EMPTY : written;
    Features.Apic apic = features.apic();
    return new Features(
        features.acpi() == null ? ON : on(features.acpi()),
        apic == null ? null : new Features.Apic(isOn(apic.enabled()), apic.endOfInterrupt()),
        on(features.hypervPassthrough()),
        features.hyperv() == null ? null : hyperv(features.hyperv()),
        on(features.smm()),
        features.kvm(),
        on(features.pvspinlock()));
  }

  private static boolean isOn(@Nullable Boolean enabled) {
    return enabled == null || enabled;
  }

  private static @Nullable FeatureState on(@Nullable FeatureState state) {
    return state == null || state.enabled() != null ? state : ON;
  }

  private static boolean isOn(@Nullable FeatureState state) {
    return state != null && isOn(state.enabled());
  }

  private static Hyperv hyperv(Hyperv written) {
    Hyperv.SynicTimer timer = written.synictimer();
    boolean needsSynic = timer != null && isOn(timer.enabled());
    FeatureState synic = needsSynic && written.synic() == null ? ON : on(written.synic());
    boolean needsIndex =
        isOn(synic)
            || isOn(written.ipi())
            || (written.tlbflush() != null && isOn(written.tlbflush().enabled()));
    FeatureState vpindex = needsIndex && written.vpindex() == null ? ON : on(written.vpindex());
    boolean needsVapic = isOn(written.evmcs());
    FeatureState vapic = needsVapic && written.vapic() == null ? ON : on(written.vapic());
    return new Hyperv(
        on(written.relaxed()),
        vapic,
        spinlocks(written.spinlocks()),
        vpindex,
        on(written.runtime()),
        synic,
        timer == null ? null : new Hyperv.SynicTimer(isOn(timer.enabled()), on(timer.direct())),
        on(written.reset()),
        vendor(written.vendorid()),
        on(written.frequencies()),
        on(written.reenlightenment()),
        flush(written.tlbflush()),
        on(written.ipi()),
        on(written.evmcs()));
  }

  private static Hyperv.@Nullable Spinlocks spinlocks(Hyperv.@Nullable Spinlocks written) {
    if (written == null) {
      return null;
    }
    boolean enabled = isOn(written.enabled());
    boolean untold = written.spinlocks() == null || written.spinlocks() == 0;
    return new Hyperv.Spinlocks(
        enabled, enabled && untold ? Long.valueOf(SPINLOCK_TRIES) : written.spinlocks());
  }

  private static Hyperv.@Nullable VendorId vendor(Hyperv.@Nullable VendorId written) {
    return written == null
        ? null
        : new Hyperv.VendorId(isOn(written.enabled()), written.vendorid());
  }

  private static Hyperv.@Nullable TlbFlush flush(Hyperv.@Nullable TlbFlush written) {
    return written == null
        ? null
        : new Hyperv.TlbFlush(
            isOn(written.enabled()), on(written.direct()), on(written.extended()));
  }

  static @Nullable Clock clock(@Nullable Clock clock) {
    if (clock == null || clock.timer() == null) {
      return clock;
    }
    Timers timers = clock.timer();
    Timers.Hpet hpet = timers.hpet();
    Timers.Pit pit = timers.pit();
    Timers.Rtc rtc = timers.rtc();
    return clock.withTimer(
        new Timers(
            hpet == null ? null : new Timers.Hpet(hpet.tickPolicy(), isOn(hpet.present())),
            timers.kvm() == null ? null : new Timers.Kvm(isOn(timers.kvm().present())),
            pit == null ? null : new Timers.Pit(pit.tickPolicy(), isOn(pit.present())),
            rtc == null ? null : new Timers.Rtc(rtc.tickPolicy(), isOn(rtc.present()), rtc.track()),
            timers.hyperv() == null ? null : new Timers.Hyperv(isOn(timers.hyperv().present()))));
  }
}
