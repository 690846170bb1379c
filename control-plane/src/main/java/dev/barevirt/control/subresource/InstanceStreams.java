package dev.barevirt.control.subresource;

import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.status.InterfaceStatus;
import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.HttpException;
import dev.barevirt.control.http.Liveness;
import dev.barevirt.control.http.Peer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Streams to a running instance: its console, its screen and its ports. */
final class InstanceStreams {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int HIGHEST_PORT = 65_535;

  /** Reaches ports of guests. */
  interface Ports {
    /** A TCP connection. */
    Peer tcp(String host, int port, Duration deadline);

    /** Datagrams. */
    Peer udp(String host, int port, Duration deadline);
  }

  private final Machines machines;
  private final NodeAgents agents;
  private final Ports ports;

  InstanceStreams(Machines machines, NodeAgents agents, Ports ports) {
    this.machines = machines;
    this.agents = agents;
    this.ports = ports;
  }

  /** Clients try again for as long as the code is 400. */
  Answer console(Target target) {
    VirtualMachineInstance vmi = instance(target);
    if (Boolean.FALSE.equals(vmi.spec().domain().devices().autoattachSerialConsole())) {
      throw Refusal.badRequest("No serial consoles are present.").exception();
    }
    if (InstanceVerbs.phase(vmi) == VmiPhase.FAILED) {
      throw Refusal.conflict(target, "VMI is in failed status").exception();
    }
    running(vmi);
    return agents.stream(vmi, "console", "");
  }

  Answer vnc(Target target, Query query) {
    VirtualMachineInstance vmi = instance(target);
    InstanceVerbs.graphics(vmi);
    running(vmi);
    return agents.stream(vmi, "vnc", query.passingOn("preserveSession"));
  }

  /** A port through which the client lends the guest a USB device. */
  Answer usb(Target target) {
    VirtualMachineInstance vmi = instance(target);
    if (vmi.spec().domain().devices().clientPassthrough() == null) {
      throw Refusal.conflict(target, "Not configured with USB Redirection").exception();
    }
    running(vmi);
    return agents.stream(vmi, "usbredir", "");
  }

  /** Guests have no such socket yet: one that asks for it is not started. */
  Answer vsock(Target target) {
    VirtualMachineInstance vmi = instance(target);
    boolean attached = Boolean.TRUE.equals(vmi.spec().domain().devices().autoattachVSOCK());
    throw (attached ? Refusal.notBuilt("vsock") : Refusal.badRequest("VSOCK is not attached."))
        .exception();
  }

  /** The words behind {@code portforward}: a port and, if another than tcp, the protocol. */
  Answer portForward(Target target, List<String> words) {
    if (words.isEmpty()) {
      throw Refusal.badRequest("port must not be empty").exception();
    }
    int port = port(words.getFirst());
    String protocol = words.size() > 1 ? words.get(1) : "tcp";
    if (words.size() > 2 || !List.of("tcp", "udp").contains(protocol)) {
      throw Refusal.badRequest("the protocol is tcp or udp").exception();
    }
    VirtualMachineInstance vmi = forwarding(target);
    String address = address(vmi);
    try {
      Peer peer =
          protocol.equals("tcp")
              ? ports.tcp(address, port, PATIENCE)
              : ports.udp(address, port, PATIENCE);
      return new Answer.Stream(peer, Liveness.STRICT);
    } catch (HttpException e) {
      throw Refusal.internal("dialing VM: " + e.getMessage()).exception();
    }
  }

  private VirtualMachineInstance forwarding(Target target) {
    if (target.kind() == Target.Kind.MACHINE && machines.machine(target).isEmpty()) {
      throw Refusal.notFound(target).exception();
    }
    VirtualMachineInstance vmi =
        machines
            .instance(target.as(Target.Kind.INSTANCE))
            .orElseThrow(
                () ->
                    (target.kind() == Target.Kind.MACHINE
                            ? Refusal.conflict(target, "VMI is not started")
                            : Refusal.notFound(target))
                        .exception());
    if (InstanceVerbs.is(vmi, "Paused")) {
      throw Refusal.conflict(target.as(Target.Kind.INSTANCE), "VMI is paused").exception();
    }
    return vmi;
  }

  private static int port(String text) {
    boolean number = text.matches("[0-9]{1,5}");
    int port = number ? Integer.parseInt(text) : 0;
    if (port < 1 || port > HIGHEST_PORT) {
      throw Refusal.badRequest("the port is a number from 1 to " + HIGHEST_PORT).exception();
    }
    return port;
  }

  /**
   * The guest's address. What is in the status may come from the guest, so an address that would
   * lead somewhere else than to another machine is not dialled.
   */
  private static String address(VirtualMachineInstance vmi) {
    String written =
        Optional.ofNullable(vmi.status())
            .map(status -> status.interfaces())
            .orElse(List.of())
            .stream()
            .map(InterfaceStatus::ipAddress)
            .filter(Objects::nonNull)
            .filter(address -> !address.isEmpty())
            .findFirst()
            .orElseThrow(() -> Refusal.badRequest("no network interfaces are present").exception());
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(written);
    } catch (IllegalArgumentException _) {
      throw Refusal.badRequest("the guest has no usable address").exception();
    }
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()) {
      throw Refusal.badRequest("the guest's address " + written + " cannot be dialled").exception();
    }
    return address.getHostAddress();
  }

  private static void running(VirtualMachineInstance vmi) {
    if (InstanceVerbs.phase(vmi) != VmiPhase.RUNNING) {
      throw Refusal.badRequest("VMI is not running").exception();
    }
  }

  private VirtualMachineInstance instance(Target target) {
    return machines.instance(target).orElseThrow(() -> Refusal.notFound(target).exception());
  }
}
