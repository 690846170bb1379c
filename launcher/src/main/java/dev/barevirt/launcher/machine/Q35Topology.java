package dev.barevirt.launcher.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * PCI Express: root ports {@code rp1}, {@code rp2}… as functions of slots 2 to 8, eight a slot, one
 * device behind each; the display in slot 1; older devices straight on {@code pcie.0} from slot 16
 * on. Slots 0 and 31 are the chipset's. A guest numbers the bus behind port <i>n</i> as bus
 * <i>n</i>.
 *
 * <p>A port whose device stays for good has its hot-plug switched off, or the guest would offer to
 * eject its own disk.
 *
 * @param least how many ports there are at least
 * @param free how many ports are free at least; 0 switches hot-plug off
 */
record Q35Topology(int least, int free) implements Topology {
  private static final String ROOT = "pcie.0";
  private static final String PORT = "rp";
  private static final int FIRST_PORT_SLOT = 2;
  private static final int PORT_SLOTS = 7;
  private static final int FUNCTIONS = 8;
  private static final int MOST_PORTS = PORT_SLOTS * FUNCTIONS;
  private static final int DISPLAY_SLOT = 1;
  private static final int FIRST_LEGACY_SLOT = 16;
  private static final int LAST_SLOT = 30;

  @Override
  public String places() {
    return "PCI Express port";
  }

  @Override
  public Optional<PciAddress> addressable(PciAddress.Guest address) {
    if (address.domain() != 0 || address.function() != 0) {
      return Optional.empty();
    }
    PciAddress there =
        address.bus() == 0
            ? new PciAddress(ROOT, address.slot(), 0)
            : new PciAddress(PORT + address.bus(), address.slot(), 0);
    return Optional.of(there).filter(this::holds);
  }

  @Override
  public boolean holds(PciAddress address) {
    if (address.function() != 0) {
      return false;
    }
    if (address.bus().equals(ROOT)) {
      int slot = address.slot();
      return slot == DISPLAY_SLOT || (slot >= FIRST_PORT_SLOT + PORT_SLOTS && slot <= LAST_SLOT);
    }
    return address.slot() == 0 && port(address).isPresent();
  }

  private static Optional<Integer> port(PciAddress address) {
    return address.bus().matches(PORT + "[1-9][0-9]?")
        ? Optional.of(Integer.valueOf(address.bus().substring(PORT.length())))
            .filter(n -> n <= MOST_PORTS)
        : Optional.empty();
  }

  @Override
  public Stream<PciAddress> candidates(Frontend frontend) {
    return switch (frontend.slot()) {
      case Slot.RootBus(boolean display) ->
          display
              ? Stream.of(new PciAddress(ROOT, DISPLAY_SLOT, 0))
              : IntStream.rangeClosed(FIRST_LEGACY_SLOT, LAST_SLOT)
                  .mapToObj(slot -> new PciAddress(ROOT, slot, 0));
      case Slot.Pci _ ->
          IntStream.rangeClosed(1, MOST_PORTS).mapToObj(n -> new PciAddress(PORT + n, 0, 0));
      case Slot.Bus _, Slot.Anywhere _ -> Stream.empty();
    };
  }

  @Override
  public Properties members(PciAddress address) {
    return address.members();
  }

  @Override
  public List<PlacedDevice> busDevices(SortedMap<PciAddress, Frontend> taken) {
    List<PlacedDevice> ports = new ArrayList<>();
    for (int n = 1; n <= portCount(taken); n++) {
      Frontend behind = taken.get(new PciAddress(PORT + n, 0, 0));
      int function = (n - 1) % FUNCTIONS;
      Properties properties =
          Properties.none()
              .with("port", n)
              .with("chassis", n)
              .with("multifunction", function == 0 ? Boolean.TRUE : null)
              .with("hotplug", keepsHotplug(behind) ? null : Boolean.FALSE);
      PciAddress place = new PciAddress(ROOT, FIRST_PORT_SLOT + (n - 1) / FUNCTIONS, function);
      ports.add(
          new PlacedDevice(
              new Frontend("pcie-root-port", PORT + n, new Slot.RootBus(false), properties),
              place.members()));
    }
    return ports;
  }

  private boolean keepsHotplug(@org.jspecify.annotations.Nullable Frontend behind) {
    if (behind == null) {
      return free > 0;
    }
    return free > 0 && behind.slot() instanceof Slot.Pci pci && pci.detachable();
  }

  private int portCount(SortedMap<PciAddress, Frontend> taken) {
    int[] used = taken.keySet().stream().flatMap(a -> port(a).stream()).mapToInt(n -> n).toArray();
    int highest = IntStream.of(used).max().orElse(0);
    int wanted = free == 0 ? highest : Math.max(least, used.length + free);
    return Math.min(MOST_PORTS, Math.max(highest, wanted));
  }

  @Override
  public List<PciAddress> spare(SortedMap<PciAddress, Frontend> taken) {
    if (free == 0) {
      return List.of();
    }
    return IntStream.rangeClosed(1, portCount(taken))
        .mapToObj(n -> new PciAddress(PORT + n, 0, 0))
        .filter(a -> !taken.containsKey(a))
        .toList();
  }
}
