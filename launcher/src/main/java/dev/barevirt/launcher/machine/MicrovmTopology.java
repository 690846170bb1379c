package dev.barevirt.launcher.machine;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * No PCI: a row of virtio-mmio transports, one device each, none plugged later.
 *
 * @param transports how many there are
 */
record MicrovmTopology(int transports) implements Topology {
  private static final String BUS = "virtio-mmio-bus.";

  @Override
  public String places() {
    return "virtio-mmio transport";
  }

  @Override
  public Optional<PciAddress> addressable(PciAddress.Guest address) {
    return Optional.empty();
  }

  @Override
  public boolean holds(PciAddress address) {
    return buses().anyMatch(address::equals);
  }

  @Override
  public Stream<PciAddress> candidates(Frontend frontend) {
    return frontend.driver().endsWith("-device") ? buses() : Stream.empty();
  }

  private Stream<PciAddress> buses() {
    return IntStream.range(0, transports).mapToObj(n -> new PciAddress(BUS + n, 0, 0));
  }

  @Override
  public Properties members(PciAddress address) {
    return Properties.of("bus", address.bus());
  }

  @Override
  public List<PlacedDevice> busDevices(SortedMap<PciAddress, Frontend> taken) {
    return List.of();
  }

  @Override
  public List<PciAddress> spare(SortedMap<PciAddress, Frontend> taken) {
    return List.of();
  }
}
