package dev.barevirt.launcher.machine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place on a PCI bus.
 *
 * @param bus the bus's name in QEMU
 * @param slot the slot, 0 to 31
 * @param function the function, 0 to 7
 */
public record PciAddress(String bus, int slot, int function) implements Comparable<PciAddress> {
  private static final Pattern GUEST =
      Pattern.compile("([0-9a-fA-F]{4}):([0-9a-fA-F]{2}):([0-9a-fA-F]{2})\\.([0-7])");

  /**
   * An address as a guest and its user write it.
   *
   * @param domain the domain
   * @param bus the bus number
   * @param slot the slot
   * @param function the function
   */
  record Guest(int domain, int bus, int slot, int function) {
    /** Reads {@code dddd:bb:ss.f}, all hexadecimal. */
    static Optional<Guest> parse(String text) {
      Matcher m = GUEST.matcher(text);
      return m.matches()
          ? Optional.of(
              new Guest(hex(m.group(1)), hex(m.group(2)), hex(m.group(3)), hex(m.group(4))))
          : Optional.empty();
    }

    private static int hex(String digits) {
      return Integer.parseInt(digits, 16);
    }
  }

  /** The members that put a device there. */
  Properties members() {
    String address = "0x" + Integer.toHexString(slot);
    return Properties.of("bus", bus)
        .with("addr", function == 0 ? address : address + ".0x" + Integer.toHexString(function));
  }

  @Override
  public int compareTo(PciAddress other) {
    int byBus = bus.compareTo(other.bus);
    int bySlot = byBus == 0 ? Integer.compare(slot, other.slot) : byBus;
    return bySlot == 0 ? Integer.compare(function, other.function) : bySlot;
  }
}
