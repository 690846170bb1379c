package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.core.FeatureState;
import dev.barevirt.api.v1.domain.Features;
import dev.barevirt.api.v1.domain.Hyperv;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import dev.barevirt.launcher.machine.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Enlightenments: paths past emulated hardware that Windows takes when it is offered them. What one
 * rests on is switched on with it. Those that rest on the virtual processor index exist in KVM
 * only; an emulated guest is not offered them, and does without, as guests do on other hosts.
 */
final class HypervMapper implements DeviceMapper {
  private static final String PATH = "spec.domain.features.hyperv";
  private static final long DEFAULT_RETRIES = 4096;
  private static final long FEWEST_RETRIES = 4095;
  private static final int VENDOR_LENGTH = 12;
  private static final Set<String> KVM_ONLY =
      Set.of(
          "hv-vpindex",
          "hv-synic",
          "hv-stimer",
          "hv-stimer-direct",
          "hv-tlbflush",
          "hv-tlbflush-direct",
          "hv-tlbflush-ext",
          "hv-ipi");

  @Override
  public Set<String> reads() {
    return FieldPaths.union(
        Set.of("domain.features.hypervPassthrough.enabled"),
        FieldPaths.under(
            "domain.features.hyperv",
            "relaxed.enabled",
            "vapic.enabled",
            "spinlocks.enabled",
            "spinlocks.spinlocks",
            "vpindex.enabled",
            "runtime.enabled",
            "synic.enabled",
            "synictimer.enabled",
            "synictimer.direct.enabled",
            "reset.enabled",
            "vendorid.enabled",
            "vendorid.vendorid",
            "frequencies.enabled",
            "reenlightenment.enabled",
            "tlbflush.enabled",
            "tlbflush.direct.enabled",
            "tlbflush.extended.enabled",
            "ipi.enabled",
            "evmcs.enabled"));
  }

  @Override
  public Fragment map(MachineInput in) {
    Features features = in.domain().features();
    if (features == null) {
      return Fragment.empty();
    }
    List<FragmentPart> parts = new ArrayList<>();
    if (Switch.on(features.hypervPassthrough())) {
      parts.add(Setting.of(Flag.CPU, "hv-passthrough", true));
    }
    if (features.hyperv() != null) {
      switches(features.hyperv()).stream()
          .filter(name -> in.host().kvm() || !KVM_ONLY.contains(name))
          .forEach(name -> parts.add(Setting.of(Flag.CPU, name, true)));
      spinlocks(features.hyperv().spinlocks(), parts);
      vendor(features.hyperv().vendorid(), parts);
    }
    return Fragment.of(parts);
  }

  private static Set<String> switches(Hyperv hyperv) {
    Set<String> on = new LinkedHashSet<>();
    add(on, hyperv.relaxed(), "hv-relaxed");
    add(on, hyperv.vapic(), "hv-vapic");
    add(on, hyperv.vpindex(), "hv-vpindex");
    add(on, hyperv.runtime(), "hv-runtime");
    add(on, hyperv.synic(), "hv-vpindex", "hv-synic");
    Hyperv.SynicTimer timer = hyperv.synictimer();
    if (timer != null && Switch.on(timer.enabled(), true)) {
      on.addAll(List.of("hv-vpindex", "hv-synic", "hv-time", "hv-stimer"));
      add(on, timer.direct(), "hv-stimer-direct");
    }
    add(on, hyperv.reset(), "hv-reset");
    add(on, hyperv.frequencies(), "hv-frequencies");
    add(on, hyperv.reenlightenment(), "hv-reenlightenment");
    Hyperv.TlbFlush flush = hyperv.tlbflush();
    if (flush != null && Switch.on(flush.enabled(), true)) {
      on.addAll(List.of("hv-vpindex", "hv-tlbflush"));
      add(on, flush.direct(), "hv-tlbflush-direct");
      add(on, flush.extended(), "hv-tlbflush-ext");
    }
    add(on, hyperv.ipi(), "hv-vpindex", "hv-ipi");
    add(on, hyperv.evmcs(), "hv-vapic", "hv-evmcs", "vmx");
    return on;
  }

  private static void add(Set<String> on, @Nullable FeatureState feature, String... names) {
    if (Switch.on(feature)) {
      on.addAll(List.of(names));
    }
  }

  private static void spinlocks(Hyperv.@Nullable Spinlocks spinlocks, List<FragmentPart> parts) {
    if (spinlocks == null || !Switch.on(spinlocks.enabled(), true)) {
      return;
    }
    long retries = spinlocks.spinlocks() == null ? DEFAULT_RETRIES : spinlocks.spinlocks();
    parts.add(
        retries < FEWEST_RETRIES || retries > 0xffff_ffffL
            ? Refusal.invalid(PATH + ".spinlocks.spinlocks", "must be between 4095 and 4294967295")
            : new Setting(Flag.CPU, "hv-spinlocks", "0x" + Long.toHexString(retries)));
  }

  private static void vendor(Hyperv.@Nullable VendorId vendor, List<FragmentPart> parts) {
    if (vendor == null || !Switch.on(vendor.enabled(), true) || vendor.vendorid() == null) {
      return;
    }
    boolean fits =
        vendor.vendorid().length() <= VENDOR_LENGTH && vendor.vendorid().matches("[ -~&&[^,]]+");
    parts.add(
        fits
            ? new Setting(Flag.CPU, "hv-vendor-id", vendor.vendorid())
            : Refusal.invalid(
                PATH + ".vendorid.vendorid", "must be 1 to 12 ASCII characters without a comma"));
  }
}
