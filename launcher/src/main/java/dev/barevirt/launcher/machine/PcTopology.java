package dev.barevirt.launcher.machine;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Conventional PCI: one bus of 32 slots. Slots 0 and 1 are the chipset's, slot 2 the display's.
 *
 * @param hotplug whether free slots are offered for plugging
 */
record PcTopology(boolean hotplug) implements Topology {
  private static final String BUS = "pci.0";
  private static final int DISPLAY_SLOT = 2;
  private static final int FIRST_SLOT = 3;
  private static final int LAST_SLOT = 31;

  @Override
  public String places() {
    return "PCI slot";
  }

  @Override
  public Optional<PciAddress> addressable(PciAddress.Guest address) {
    return address.domain() == 0 && address.bus() == 0
        ? Optional.of(new PciAddress(BUS, address.slot(), address.function())).filter(this::holds)
        : Optional.empty();
  }

  @Override
  public boolean holds(PciAddress address) {
    return address.bus().equals(BUS)
        && address.function() == 0
        && address.slot() >= DISPLAY_SLOT
        && address.slot() <= LAST_SLOT;
  }

  @Override
  public Stream<PciAddress> candidates(Frontend frontend) {
    if (frontend.slot() instanceof Slot.RootBus(boolean display) && display) {
      return Stream.of(new PciAddress(BUS, DISPLAY_SLOT, 0));
    }
    return slots();
  }

  private static Stream<PciAddress> slots() {
    return IntStream.rangeClosed(FIRST_SLOT, LAST_SLOT).mapToObj(s -> new PciAddress(BUS, s, 0));
  }

  @Override
  public Properties members(PciAddress address) {
    return address.members();
  }

  @Override
  public List<PlacedDevice> busDevices(SortedMap<PciAddress, Frontend> taken) {
    return List.of();
  }

  @Override
  public List<PciAddress> spare(SortedMap<PciAddress, Frontend> taken) {
    return hotplug ? slots().filter(a -> !taken.containsKey(a)).toList() : List.of();
  }
}
