package dev.barevirt.launcher.machine;

/** The families of x86 machines, by what their buses look like. */
public enum MachineKind {
  /** PCI Express: devices on root ports. */
  Q35,
  /** Conventional PCI. */
  PC,
  /** No PCI: virtio-mmio, a serial port and a kernel. */
  MICROVM;

  /** The family of a machine type's name or alias. */
  public static MachineKind of(String type) {
    if (type.equals("microvm") || type.startsWith("microvm-")) {
      return MICROVM;
    }
    return type.equals("pc") || type.startsWith("pc-i440fx") ? PC : Q35;
  }
}
