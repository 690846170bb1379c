package dev.barevirt.launcher.machine;

import org.jspecify.annotations.Nullable;

/** Where a device wants to sit. */
public sealed interface Slot {
  /**
   * Anywhere on PCI; on a machine without PCI, on virtio-mmio.
   *
   * @param address the guest address asked for, as {@code dddd:bb:ss.f}
   * @param detachable whether it can be unplugged while the guest runs
   */
  record Pci(@Nullable String address, boolean detachable) implements Slot {
    /** Anywhere, for as long as the machine lives. */
    public static final Pci ANYWHERE = new Pci(null, false);

    /** Anywhere, until it is unplugged. */
    public static final Pci DETACHABLE = new Pci(null, true);
  }

  /**
   * Directly on the root bus: devices from before PCI Express, and displays.
   *
   * @param display whether it is the machine's first display, which has a slot of its own
   */
  record RootBus(boolean display) implements Slot {}

  /**
   * On a bus that another device provides.
   *
   * @param bus its name in QEMU
   */
  record Bus(String bus) implements Slot {}

  /** On no bus of its own choosing: ISA and system devices. */
  record Anywhere() implements Slot {}
}
