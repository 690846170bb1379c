package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.core.FeatureState;
import dev.barevirt.api.v1.domain.Bootloader;
import dev.barevirt.launcher.machine.Backend.Blockdev;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.FileCopy;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.HostFacts.Firmware;
import dev.barevirt.launcher.machine.HostFacts.MachineType;
import dev.barevirt.launcher.machine.HostResource.FdSet;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Repeated;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.util.Optional;
import java.util.Set;

/**
 * The firmware: SeaBIOS, which QEMU brings, or a UEFI image of the host with the guest's own copy
 * of the variable store. Secure boot means enrolled keys, and flash that only firmware in system
 * management mode may write.
 */
final class FirmwareMapper implements DeviceMapper {
  private static final String PATH = "spec.domain.firmware.bootloader";

  @Override
  public Set<String> reads() {
    return FieldPaths.under(
        "domain.firmware.bootloader", "bios.useSerial", "efi.secureBoot", "efi.persistent");
  }

  @Override
  public Fragment map(MachineInput in) {
    Bootloader bootloader =
        in.domain().firmware() == null ? null : in.domain().firmware().bootloader();
    if (bootloader == null) {
      return Fragment.empty();
    }
    if (bootloader.efi() != null && bootloader.bios() != null) {
      return Fragment.of(Refusal.invalid(PATH, "a guest has either BIOS or EFI"));
    }
    if (bootloader.efi() != null) {
      return efi(in, bootloader.efi());
    }
    boolean serial = bootloader.bios() != null && Switch.on(bootloader.bios().useSerial(), false);
    if (serial && in.kind() == MachineKind.MICROVM) {
      return Fragment.of(
          Refusal.unsupported(PATH + ".bios.useSerial", "a microvm's firmware says nothing"));
    }
    return serial ? Fragment.of(Setting.of(Flag.MACHINE, "graphics", false)) : Fragment.empty();
  }

  private static Fragment efi(MachineInput in, Bootloader.Efi efi) {
    boolean secure = Switch.on(efi.secureBoot(), true);
    if (secure && refusesSmm(in)) {
      return Fragment.of(
          Refusal.invalid(PATH + ".efi.secureBoot", "secure boot needs spec.domain.features.smm"));
    }
    Optional<Firmware> image = image(in, secure);
    if (image.isEmpty()) {
      return Fragment.of(
          Refusal.unsupported(
              PATH + ".efi",
              "this host has no UEFI image %s secure boot for machine type %s"
                  .formatted(secure ? "with" : "without", in.machineType())));
    }
    String vars = in.paths().firmwareVars();
    boolean persistent = Switch.on(efi.persistent(), false);
    Fragment flash =
        Fragment.of(
            flash("pflash0", FdSet.readOnly("efi-code", image.get().executable()), true),
            flash("pflash1", FdSet.readWrite("efi-vars", vars), false),
            new Setting(Flag.MACHINE, "pflash0", "pflash0"),
            new Setting(Flag.MACHINE, "pflash1", "pflash1"),
            new FileCopy(image.get().varsTemplate(), vars, persistent));
    return secure ? flash.plus(lockedFlash()) : flash;
  }

  private static Blockdev flash(String node, FdSet file, boolean readOnly) {
    return new Blockdev(
        Properties.of("driver", "raw")
            .with("node-name", node)
            .with("read-only", readOnly)
            .with(
                "file",
                Properties.of("driver", "file")
                    .with("node-name", node + "-file")
                    .with(file)
                    .with("read-only", readOnly)));
  }

  private static Fragment lockedFlash() {
    return Fragment.of(
        Setting.of(Flag.MACHINE, "smm", true),
        new Repeated(
            "-global",
            Properties.of("driver", "cfi.pflash01")
                .with("property", "secure")
                .with("value", "on")));
  }

  private static boolean refusesSmm(MachineInput in) {
    FeatureState smm = in.domain().features() == null ? null : in.domain().features().smm();
    return smm != null && !Switch.on(smm);
  }

  private static Optional<Firmware> image(MachineInput in, boolean secure) {
    String machine =
        in.host().machine(in.machineType()).map(MachineType::name).orElse(in.machineType());
    return in.host().firmware().stream()
        .filter(f -> f.machines().stream().anyMatch(pattern -> matches(pattern, machine)))
        .filter(
            f ->
                secure
                    ? f.features().containsAll(Set.of("secure-boot", "enrolled-keys"))
                    : !f.features().contains("requires-smm"))
        .findFirst();
  }

  /** The only wildcard of firmware descriptors is a star. */
  private static boolean matches(String pattern, String machine) {
    int star = pattern.indexOf('*');
    return star < 0
        ? pattern.equals(machine)
        : machine.startsWith(pattern.substring(0, star))
            && machine.endsWith(pattern.substring(star + 1));
  }
}
