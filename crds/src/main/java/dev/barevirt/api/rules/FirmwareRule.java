package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.domain.Bootloader;
import dev.barevirt.api.v1.domain.Firmware;
import dev.barevirt.api.v1.domain.KernelBoot;
import dev.barevirt.api.v1.source.Volume;
import org.jspecify.annotations.Nullable;

/** Firmware: one boot loader, secure boot with what it needs, a kernel that can be booted. */
final class FirmwareRule implements VmiRule {
  private static final int LONGEST_SERIAL = 256;

  private final Where where;

  FirmwareRule(Where where) {
    this.where = where;
  }

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    Firmware firmware = spec.domain().firmware();
    if (firmware == null) {
      return;
    }
    FieldPath path = at.field("domain").field("firmware");
    if (firmware.bootloader() != null) {
      bootloader(spec, firmware.bootloader(), at, found);
    }
    if (firmware.kernelBoot() != null) {
      kernel(firmware.kernelBoot(), path.field("kernelBoot"), found);
    }
    if (firmware.acpi() != null) {
      tables(spec, firmware.acpi(), path.field("acpi"), found);
    }
    String serial = Words.orEmpty(firmware.serial());
    if (serial.length() > LONGEST_SERIAL) {
      found.invalid(path.field("serial"), "must be at most 256 characters");
    } else if (serial.codePoints().anyMatch(Character::isISOControl)) {
      found.invalid(path.field("serial"), "must not contain control characters");
    }
  }

  private static void bootloader(
      VirtualMachineInstanceSpec spec, Bootloader bootloader, FieldPath at, Findings found) {
    FieldPath domain = at.field("domain");
    if (bootloader.efi() != null && bootloader.bios() != null) {
      FieldPath path = domain.field("firmware").field("bootloader");
      found.invalid(
          path, path + " has both EFI and BIOS configured, but they are mutually exclusive.");
    }
    boolean secure =
        bootloader.efi() != null && !Boolean.FALSE.equals(bootloader.efi().secureBoot());
    var features = spec.domain().features();
    boolean smm =
        features != null
            && features.smm() != null
            && !Boolean.FALSE.equals(features.smm().enabled());
    if (secure && !smm) {
      found.invalid(
          domain,
          domain
              + " has EFI SecureBoot enabled. SecureBoot requires SMM, which is currently"
              + " disabled.");
    }
  }

  private void kernel(KernelBoot boot, FieldPath path, Findings found) {
    KernelBoot.Container container = boot.container();
    if (container == null) {
      if (!Words.isBlank(boot.kernelArgs())) {
        found.invalid(
            path.field("kernelArgs"),
            "kernel arguments cannot be provided without an external kernel");
      }
      return;
    }
    FieldPath place = path.field("container");
    if (container.image().isEmpty() && where == Where.CLUSTER) {
      found.required(place.field("image"), place + " must be defined with an image");
    }
    if (Words.isBlank(container.kernelPath()) && Words.isBlank(container.initrdPath())) {
      found.required(
          place,
          place + " must be defined with at least one of the following: kernelPath, initrdPath");
    }
  }

  private static void tables(
      VirtualMachineInstanceSpec spec, Firmware.Acpi acpi, FieldPath path, Findings found) {
    if (Words.isBlank(acpi.slicNameRef()) && Words.isBlank(acpi.msdmNameRef())) {
      found.invalid(path, "ACPI was set but no SLIC nor MSDM volume reference was set");
    }
    table(spec, acpi.slicNameRef(), path.field("slicNameRef"), found);
    table(spec, acpi.msdmNameRef(), path.field("msdmNameRef"), found);
  }

  private static void table(
      VirtualMachineInstanceSpec spec, @Nullable String name, FieldPath path, Findings found) {
    if (Words.isBlank(name)) {
      return;
    }
    boolean there =
        spec.volumes().stream()
            .filter(volume -> volume.name().equals(name))
            .anyMatch(FirmwareRule::holdsTables);
    if (!there) {
      found.invalid(path, path + " names no secret or configMap volume");
    }
  }

  private static boolean holdsTables(Volume volume) {
    return volume.secret() != null || volume.configMap() != null;
  }
}
