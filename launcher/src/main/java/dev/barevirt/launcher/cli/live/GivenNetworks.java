package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GivenNetwork.Kind;
import dev.barevirt.api.launcher.PortForward;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.spec.HostNotes;
import dev.barevirt.launcher.cli.spec.Publish;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Connects a machine's networks to this host as its annotations say, user-mode networking where
 * they say nothing.
 */
final class GivenNetworks {
  private static final String DEFAULT = "default";

  private final Map<String, String> notes;
  private final List<String> names;

  GivenNetworks(VirtualMachineInstance vmi) {
    this.notes = vmi.metadata().annotations();
    List<String> declared = vmi.spec().networks().stream().map(Network::name).toList();
    boolean attaches =
        !Boolean.FALSE.equals(vmi.spec().domain().devices().autoattachPodInterface());
    this.names = declared.isEmpty() && attaches ? List.of(DEFAULT) : declared;
  }

  List<GivenNetwork> all() {
    List<PortForward> ports = ports();
    List<GivenNetwork> given = new ArrayList<>();
    for (String name : names) {
      GivenNetwork network = one(name, ports);
      if (network.kind() == Kind.USER) {
        ports = List.of(); // forwarded to the first such network only
      }
      given.add(network);
    }
    if (!ports.isEmpty()) {
      throw CliFailure.of(
              ExitCode.SPEC_INVALID, "ports can only be forwarded to a network of kind user")
          .advising("add --net user, or reach the guest at its own address");
    }
    return given;
  }

  private GivenNetwork one(String name, List<PortForward> ports) {
    String[] note = notes.getOrDefault(HostNotes.NETWORK + name, "user").split("=", 2);
    String device = note.length == 2 ? note[1] : "";
    return switch (note[0]) {
      case "tap" -> new GivenNetwork(name, Kind.TAP, device, null, List.of());
      case "bridge" -> new GivenNetwork(name, Kind.BRIDGE, null, device, List.of());
      case "none" -> new GivenNetwork(name, Kind.NONE, null, null, List.of());
      case "user" -> new GivenNetwork(name, Kind.USER, null, null, ports);
      default ->
          throw CliFailure.of(
              ExitCode.SPEC_INVALID,
              "annotation " + HostNotes.NETWORK + name + " is none of user, tap=, bridge=, none");
    };
  }

  private List<PortForward> ports() {
    String published = notes.getOrDefault(HostNotes.PUBLISH, "");
    if (published.isEmpty()) {
      return List.of();
    }
    return Arrays.stream(published.split(",", -1))
        .map(Publish::parse)
        .map(
            port ->
                new PortForward(
                    PortForward.Protocol.valueOf(
                        port.protocol().toUpperCase(java.util.Locale.ROOT)),
                    port.address(),
                    port.hostPort(),
                    port.guestPort()))
        .toList();
  }

  /** Refuses ports that something listens on already, by listening on each for a moment. */
  static void requireFree(List<GivenNetwork> networks) {
    networks.stream()
        .flatMap(network -> network.ports().stream())
        .forEach(GivenNetworks::requireFree);
  }

  private static void requireFree(PortForward port) {
    String address = port.hostAddress() == null ? "127.0.0.1" : port.hostAddress();
    try {
      var socketAddress = new InetSocketAddress(InetAddress.getByName(address), port.hostPort());
      switch (port.protocol()) {
        case TCP -> {
          try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(socketAddress);
          }
        }
        case UDP -> {
          try (var socket = new DatagramSocket(socketAddress)) {
            assert socket.isBound();
          }
        }
      }
    } catch (IOException e) {
      throw CliFailure.of(
              ExitCode.CONFLICT,
              "cannot forward port " + port.hostPort() + " of " + address + ": " + e.getMessage())
          .advising("choose another with -p HOST:" + port.guestPort());
    }
  }
}
