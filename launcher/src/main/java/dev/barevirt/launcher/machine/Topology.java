package dev.barevirt.launcher.machine;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The buses of a family of machines, and what may sit where. */
sealed interface Topology permits Q35Topology, PcTopology, MicrovmTopology {
  /** What a place is called in a message. */
  String places();

  /** Where a guest address is, when it exists on this machine. */
  Optional<PciAddress> addressable(PciAddress.Guest address);

  /** Whether a device may be at an address. */
  boolean holds(PciAddress address);

  /** Where a device may go, the preferred first. */
  Stream<PciAddress> candidates(Frontend frontend);

  /** The members that put a device at an address. */
  Properties members(PciAddress address);

  /** The devices that make the buses, for what is taken. */
  List<PlacedDevice> busDevices(SortedMap<PciAddress, Frontend> taken);

  /** What is left for devices plugged in later. */
  List<PciAddress> spare(SortedMap<PciAddress, Frontend> taken);
}
