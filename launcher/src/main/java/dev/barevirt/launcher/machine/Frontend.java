package dev.barevirt.launcher.machine;

/**
 * A device as the guest sees it: {@code -device}, {@code device_add}.
 *
 * @param driver QEMU's name for the model
 * @param id the id, unique in the machine
 * @param slot where it wants to sit
 * @param properties everything else
 */
public record Frontend(String driver, String id, Slot slot, Properties properties)
    implements FragmentPart {

  /** A device somewhere on PCI for as long as the machine lives. */
  public static Frontend pci(String driver, String id, Properties properties) {
    return new Frontend(driver, id, Slot.Pci.ANYWHERE, properties);
  }

  /** A device on a bus that another provides. */
  public static Frontend on(String bus, String driver, String id, Properties properties) {
    return new Frontend(driver, id, new Slot.Bus(bus), properties);
  }

  /** A device of no particular bus. */
  public static Frontend loose(String driver, String id, Properties properties) {
    return new Frontend(driver, id, new Slot.Anywhere(), properties);
  }
}
