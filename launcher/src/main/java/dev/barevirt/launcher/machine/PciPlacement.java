package dev.barevirt.launcher.machine;

import dev.barevirt.api.launcher.Placement;
import dev.barevirt.api.rules.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gives every device a bus and an address, explicitly, so that a guest finds its devices where they
 * were after a restart, a hot-plug or on another QEMU.
 *
 * <p>What the user asks for comes first, then what was stored, then the lowest free place. The
 * layout is part of what guests rely on: changing it renames their network interfaces.
 */
public final class PciPlacement {
  private final Topology topology;
  private final Map<String, PciAddress> stored = new HashMap<>();
  private final TreeMap<PciAddress, Frontend> taken = new TreeMap<>();
  private final Map<String, PciAddress> given = new LinkedHashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private PciPlacement(Topology topology, List<Placement> placements) {
    this.topology = topology;
    for (Placement p : placements) {
      stored.put(p.deviceId(), new PciAddress(p.bus(), p.slot(), p.function()));
    }
  }

  /**
   * Places the devices.
   *
   * @param topology the machine's buses
   * @param frontends the devices
   * @param placements addresses of an earlier run
   */
  static Placing place(Topology topology, List<Frontend> frontends, List<Placement> placements) {
    PciPlacement placement = new PciPlacement(topology, placements);
    List<Frontend> onPci = frontends.stream().filter(PciPlacement::needsAddress).toList();
    onPci.forEach(placement::placeExplicit);
    onPci.forEach(placement::placeStored);
    onPci.forEach(placement::placeAnywhere);
    return placement.result(frontends);
  }

  /** Whether a device must be given an address. */
  static boolean needsAddress(Frontend frontend) {
    return frontend.slot() instanceof Slot.Pci || frontend.slot() instanceof Slot.RootBus;
  }

  private void placeExplicit(Frontend frontend) {
    if (!(frontend.slot() instanceof Slot.Pci(String address, boolean _)) || address == null) {
      return;
    }
    Optional<PciAddress> wanted = PciAddress.Guest.parse(address).flatMap(topology::addressable);
    if (wanted.isEmpty()) {
      refuse(frontend, "PCI address " + address + " does not exist on this machine");
    } else if (taken.containsKey(wanted.get())) {
      refuse(
          frontend,
          "PCI address %s is taken by %s".formatted(address, taken.get(wanted.get()).id()));
    } else {
      take(wanted.get(), frontend);
    }
  }

  private void placeStored(Frontend frontend) {
    PciAddress address = stored.get(frontend.id());
    if (address == null || given.containsKey(frontend.id()) || hasExplicit(frontend)) {
      return;
    }
    if (!topology.holds(address)) {
      refuse(
          frontend,
          "its stored address %s %02x.%x does not exist on this machine"
              .formatted(address.bus(), address.slot(), address.function()));
    } else if (!taken.containsKey(address)) {
      take(address, frontend);
    }
  }

  private static boolean hasExplicit(Frontend frontend) {
    return frontend.slot() instanceof Slot.Pci pci && pci.address() != null;
  }

  private void placeAnywhere(Frontend frontend) {
    if (given.containsKey(frontend.id()) || hasExplicit(frontend)) {
      return;
    }
    topology
        .candidates(frontend)
        .filter(address -> !taken.containsKey(address) && !isReserved(address, frontend))
        .findFirst()
        .ifPresentOrElse(
            address -> take(address, frontend),
            () -> refuse(frontend, "no " + topology.places() + " is left for it"));
  }

  private boolean isReserved(PciAddress address, Frontend frontend) {
    return stored.entrySet().stream()
        .anyMatch(e -> e.getValue().equals(address) && !e.getKey().equals(frontend.id()));
  }

  private void take(PciAddress address, Frontend frontend) {
    taken.put(address, frontend);
    given.put(frontend.id(), address);
  }

  private void refuse(Frontend frontend, String why) {
    violations.add(
        new Violation(
            "spec.domain.devices",
            Refusal.UNSUPPORTED,
            "device %s (%s): %s".formatted(frontend.id(), frontend.driver(), why)));
  }

  private Placing result(List<Frontend> frontends) {
    List<PlacedDevice> devices = new ArrayList<>(topology.busDevices(taken));
    frontends.stream()
        .sorted(Comparator.comparing(f -> f.slot() instanceof Slot.Bus))
        .forEach(f -> devices.add(new PlacedDevice(f, where(f))));
    List<Placing.Given> addresses = new ArrayList<>();
    given.forEach((id, address) -> addresses.add(new Placing.Given(id, address)));
    return new Placing(devices, addresses, topology.spare(taken), violations);
  }

  private Properties where(Frontend frontend) {
    return switch (frontend.slot()) {
      case Slot.Bus bus -> Properties.of("bus", bus.bus());
      case Slot.Anywhere _ -> Properties.none();
      case Slot.Pci _, Slot.RootBus _ -> {
        PciAddress address = given.get(frontend.id());
        yield address == null ? Properties.none() : topology.members(address);
      }
    };
  }
}
