package dev.barevirt.api.v1.domain;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** What runs first, and how the machine identifies itself. */
public record Firmware(
    @Doc("The machine's UUID, as the guest reads it.") @Nullable String uuid,
    @Doc("The firmware that loads the operating system.") @Nullable Bootloader bootloader,
    @Doc("The machine's serial number, as the guest reads it.") @Nullable String serial,
    @Doc("A kernel that is booted without a boot loader.") @Nullable KernelBoot kernelBoot,
    @Doc("Tables handed to the guest's firmware.") @Nullable Acpi acpi) {
  /** Nothing said. */
  public static final Firmware EMPTY = new Firmware(null, null, null, null, null);

  /** The same with another {@code uuid}. */
  public Firmware withUuid(@Nullable String uuid) {
    return new Firmware(uuid, bootloader, serial, kernelBoot, acpi);
  }

  /** The same with another {@code serial}. */
  public Firmware withSerial(@Nullable String serial) {
    return new Firmware(uuid, bootloader, serial, kernelBoot, acpi);
  }

  /** The same with another {@code kernelBoot}. */
  public Firmware withKernelBoot(@Nullable KernelBoot kernelBoot) {
    return new Firmware(uuid, bootloader, serial, kernelBoot, acpi);
  }

  /** Tables handed to the guest's firmware, each the name of a secret volume. */
  public record Acpi(
      @Doc("The volume with the SLIC table.") @Nullable String slicNameRef,
      @Doc("The volume with the MSDM table.") @Nullable String msdmNameRef) {}
}
