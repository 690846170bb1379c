package dev.barevirt.agent.network;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.qmp.wire.OwnedFd;
import java.util.List;
import java.util.Map;

/**
 * What a guest's interfaces are connected to.
 *
 * @param networks one for each interface
 * @param descriptors the open files that the networks name
 */
public record Connections(List<GivenNetwork> networks, Map<String, OwnedFd> descriptors)
    implements AutoCloseable {
  /** A guest without interfaces. */
  public static final Connections NONE = new Connections(List.of(), Map.of());

  public Connections {
    networks = List.copyOf(networks);
    descriptors = Map.copyOf(descriptors);
  }

  /** Closes the files that were not handed on. */
  @Override
  public void close() {
    descriptors.values().forEach(OwnedFd::close);
  }
}
