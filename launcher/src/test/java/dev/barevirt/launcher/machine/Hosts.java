package dev.barevirt.launcher.machine;

import dev.barevirt.launcher.machine.HostFacts.Accelerator;
import dev.barevirt.launcher.machine.HostFacts.CpuModel;
import dev.barevirt.launcher.machine.HostFacts.Feature;
import dev.barevirt.launcher.machine.HostFacts.Firmware;
import dev.barevirt.launcher.machine.HostFacts.MachineType;
import dev.barevirt.launcher.machine.HostFacts.QemuVersion;
import dev.barevirt.launcher.machine.HostFacts.Sidecar;
import dev.barevirt.launcher.machine.HostFacts.SidecarProgram;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hosts for tests: what is probed elsewhere, written down. */
public final class Hosts {
  private static final String OVMF = "/usr/share/OVMF/";

  /** Every type of device that mappers use and Debian 12's QEMU has. */
  public static final Set<String> DEVICES =
      Set.of(
          "virtio-balloon-pci-non-transitional",
          "virtio-balloon-pci-transitional",
          "virtio-balloon-device",
          "virtio-blk-pci-non-transitional",
          "virtio-blk-pci-transitional",
          "virtio-blk-device",
          "virtio-net-pci-non-transitional",
          "virtio-net-pci-transitional",
          "virtio-net-device",
          "virtio-rng-pci-non-transitional",
          "virtio-rng-pci-transitional",
          "virtio-rng-device",
          "virtio-scsi-pci-non-transitional",
          "virtio-scsi-pci-transitional",
          "virtio-scsi-device",
          "virtio-serial-pci-non-transitional",
          "virtio-serial-pci-transitional",
          "virtio-serial-device",
          "vhost-user-fs-pci",
          "vhost-user-fs-device",
          "vhost-vsock-pci-non-transitional",
          "vhost-vsock-device",
          "virtio-tablet-pci",
          "virtio-tablet-device",
          "virtio-vga",
          "VGA",
          "cirrus-vga",
          "bochs-display",
          "ramfb",
          "isa-serial",
          "virtserialport",
          "qemu-xhci",
          "usb-tablet",
          "usb-redir",
          "usb-storage",
          "usb-bot",
          "ich9-intel-hda",
          "hda-duplex",
          "AC97",
          "tpm-tis",
          "tpm-crb",
          "i6300esb",
          "pvpanic",
          "pvpanic-pci",
          "scsi-hd",
          "scsi-cd",
          "scsi-block",
          "ide-hd",
          "ide-cd",
          "ahci",
          "ich9-ahci",
          "e1000",
          "e1000e",
          "rtl8139",
          "ne2k_pci",
          "pcnet");

  private Hosts() {}

  /** Debian 12's QEMU without KVM, with every helper program and no vhost devices. */
  public static HostFacts emulating() {
    return new HostFacts(
        "/usr/bin/qemu-system-x86_64",
        new QemuVersion(7, 2, 22),
        Accelerator.TCG,
        List.of(
            new MachineType("pc-q35-7.2", List.of("q35"), 288, false),
            new MachineType("pc-q35-7.1", List.of(), 288, false),
            new MachineType("pc-i440fx-7.2", List.of("pc"), 255, false),
            new MachineType("microvm", List.of(), 288, false),
            new MachineType("none", List.of(), 1, false)),
        DEVICES,
        List.of(
            new CpuModel("max", "", List.of()),
            new CpuModel("qemu64", "qemu64-v1", List.of()),
            new CpuModel("qemu64-v1", "", List.of()),
            new CpuModel("Skylake-Server", "Skylake-Server-v1", List.of("hle", "rtm"))),
        EnumSet.of(Feature.NATIVE_AIO, Feature.NETDEV_STREAM, Feature.NETDEV_USER, Feature.MEMFD),
        List.of(
            new Firmware(
                OVMF + "OVMF_CODE_4M.ms.fd",
                OVMF + "OVMF_VARS_4M.ms.fd",
                List.of("pc-q35-*"),
                Set.of("secure-boot", "enrolled-keys", "requires-smm")),
            new Firmware(
                OVMF + "OVMF_CODE_4M.secboot.fd",
                OVMF + "OVMF_VARS_4M.fd",
                List.of("pc-q35-*"),
                Set.of("secure-boot", "requires-smm")),
            new Firmware(
                OVMF + "OVMF_CODE_4M.fd",
                OVMF + "OVMF_VARS_4M.fd",
                List.of("pc-i440fx-*", "pc-q35-*"),
                Set.of())),
        Map.of(
            Sidecar.SWTPM, new SidecarProgram("/usr/bin/swtpm", "0.7.1", Set.of()),
            Sidecar.PASST, new SidecarProgram("/usr/bin/passt", "0.0", Set.of())),
        Map.of());
  }

  /** A new QEMU on a host with KVM, vhost devices and 512 huge pages of 2 MiB. */
  public static HostFacts virtualising() {
    HostFacts old = emulating();
    return new HostFacts(
        old.qemu(),
        new QemuVersion(10, 0, 2),
        Accelerator.KVM,
        List.of(
            new MachineType("pc-q35-10.0", List.of("q35"), 4096, false),
            new MachineType("pc-i440fx-10.0", List.of("pc"), 255, false),
            new MachineType("microvm", List.of(), 288, false)),
        DEVICES,
        old.cpuModels(),
        EnumSet.allOf(Feature.class),
        old.firmware(),
        old.sidecars(),
        Map.of(2L << 20, 512L));
  }

  /** A host without any helper program or firmware. */
  public static HostFacts bare() {
    HostFacts old = emulating();
    return new HostFacts(
        old.qemu(),
        old.version(),
        old.accelerator(),
        old.machines(),
        old.devices(),
        old.cpuModels(),
        Set.of(),
        List.of(),
        Map.of(),
        Map.of());
  }
}
