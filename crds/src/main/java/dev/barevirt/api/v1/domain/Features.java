package dev.barevirt.api.v1.domain;

import dev.barevirt.api.core.FeatureState;
import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** Switches of the machine. */
public record Features(
    @Doc("The machine describes itself by ACPI; on when absent.") @Nullable FeatureState acpi,
    @Doc("The interrupt controller.") @Nullable Apic apic,
    @Doc("All enlightenments the host offers.") @Nullable FeatureState hypervPassthrough,
    @Doc("Enlightenments for Windows, one by one.") @Nullable Hyperv hyperv,
    @Doc("System management mode.") @Nullable FeatureState smm,
    @Doc("How much the guest learns about KVM.") @Nullable Kvm kvm,
    @Doc("Paravirtual spin locks.") @Nullable FeatureState pvspinlock) {
  /** Nothing said. */
  public static final Features EMPTY = new Features(null, null, null, null, null, null, null);

  /** The same with another {@code acpi}. */
  public Features withAcpi(@Nullable FeatureState acpi) {
    return new Features(acpi, apic, hypervPassthrough, hyperv, smm, kvm, pvspinlock);
  }

  /** The same with another {@code smm}. */
  public Features withSmm(@Nullable FeatureState smm) {
    return new Features(acpi, apic, hypervPassthrough, hyperv, smm, kvm, pvspinlock);
  }

  /** The same with another {@code hyperv}. */
  public Features withHyperv(@Nullable Hyperv hyperv) {
    return new Features(acpi, apic, hypervPassthrough, hyperv, smm, kvm, pvspinlock);
  }

  /** The interrupt controller. */
  public record Apic(
      @Doc("Whether it is there; true when absent.") @Nullable Boolean enabled,
      @Doc("Whether the guest may end interrupts without leaving its mode.")
          @Nullable Boolean endOfInterrupt) {}

  /** How much the guest learns about KVM. */
  public record Kvm(@Doc("Whether KVM hides from the guest.") @Nullable Boolean hidden) {}
}
