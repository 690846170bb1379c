package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.domain.Timers;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Repeated;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The timers a guest may count by, and what becomes of ticks it was not running for. */
final class TimersMapper implements DeviceMapper {
  private static final String PATH = "spec.domain.clock.timer.";

  @Override
  public Set<String> reads() {
    return FieldPaths.under(
        "domain.clock.timer",
        "hpet.tickPolicy",
        "hpet.present",
        "kvm.present",
        "pit.tickPolicy",
        "pit.present",
        "rtc.tickPolicy",
        "rtc.present",
        "rtc.track",
        "hyperv.present");
  }

  @Override
  public Fragment map(MachineInput in) {
    Timers timers = in.domain().clock() == null ? null : in.domain().clock().timer();
    List<FragmentPart> parts = new ArrayList<>();
    hpet(in, timers == null ? Optional.empty() : Optional.ofNullable(timers.hpet()), parts);
    if (timers != null) {
      Optional.ofNullable(timers.pit()).ifPresent(pit -> pit(in, pit, parts));
      Optional.ofNullable(timers.rtc()).ifPresent(rtc -> rtc(in, rtc, parts));
      if (timers.kvm() != null && !Switch.on(timers.kvm().present(), true)) {
        parts.add(Setting.of(Flag.CPU, "kvmclock", false));
      }
      if (timers.hyperv() != null && Switch.on(timers.hyperv().present(), true)) {
        parts.add(Setting.of(Flag.CPU, "hv-time", true));
      }
    }
    return Fragment.of(parts);
  }

  private static void hpet(MachineInput in, Optional<Timers.Hpet> hpet, List<FragmentPart> parts) {
    boolean present = hpet.isPresent() && Switch.on(hpet.get().present(), true);
    if (in.kind() == MachineKind.MICROVM) {
      if (present) {
        parts.add(Refusal.unsupported(PATH + "hpet", "a microvm has no HPET"));
      }
      return;
    }
    parts.add(Setting.of(Flag.MACHINE, "hpet", present));
    hpet.map(Timers.Hpet::tickPolicy)
        .filter(policy -> !policy.equals("delay"))
        .ifPresent(
            policy ->
                parts.add(
                    Refusal.unsupported(
                        PATH + "hpet.tickPolicy",
                        "QEMU's HPET only delays missed ticks, it does not " + policy)));
  }

  private static void pit(MachineInput in, Timers.Pit pit, List<FragmentPart> parts) {
    if (!Switch.on(pit.present(), true)) {
      parts.add(Setting.of(Flag.MACHINE, "pit", false));
      return;
    }
    if (pit.tickPolicy() == null) {
      return;
    }
    switch (pit.tickPolicy()) {
      case "delay", "discard" -> {
        // Without KVM there is no kvm-pit; the emulated one delays.
        if (in.host().kvm()) {
          parts.add(
              new Repeated(
                  "-global",
                  Properties.of("driver", "kvm-pit")
                      .with("property", "lost_tick_policy")
                      .with("value", pit.tickPolicy())));
        } else if (pit.tickPolicy().equals("discard")) {
          parts.add(
              Refusal.unsupported(
                  PATH + "pit.tickPolicy", "without KVM the PIT only delays missed ticks"));
        }
      }
      default ->
          parts.add(
              Refusal.unsupported(
                  PATH + "pit.tickPolicy", "QEMU's PIT does not " + pit.tickPolicy() + " ticks"));
    }
  }

  private static void rtc(MachineInput in, Timers.Rtc rtc, List<FragmentPart> parts) {
    if (!Switch.on(rtc.present(), true)) {
      parts.add(
          in.kind() == MachineKind.MICROVM
              ? Setting.of(Flag.MACHINE, "rtc", false)
              : Refusal.unsupported(PATH + "rtc.present", "this machine always has an RTC"));
      return;
    }
    if (rtc.tickPolicy() != null) {
      parts.add(
          new Setting(Flag.RTC, "driftfix", rtc.tickPolicy().equals("catchup") ? "slew" : "none"));
    }
    if (rtc.track() != null) {
      parts.add(new Setting(Flag.RTC, "clock", rtc.track().equals("guest") ? "vm" : "host"));
    }
  }
}
