package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.launcher.cli.spec.HostNotes;
import dev.barevirt.launcher.cli.spec.Publish;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds how a guest's port can be reached from this host. */
public final class SshAddress {
  private static final int SSH = 22;

  private SshAddress() {}

  /** The guest's ssh server: a forwarded port, else an address its agent told. */
  public static Optional<InetSocketAddress> of(MachineStatus machine) {
    return of(machine, SSH);
  }

  /** Any TCP port of the guest. */
  public static Optional<InetSocketAddress> of(MachineStatus machine, int guestPort) {
    return forwarded(machine, guestPort).or(() -> routed(machine, guestPort));
  }

  private static Optional<InetSocketAddress> forwarded(MachineStatus machine, int guestPort) {
    String published = machine.vmi().metadata().annotations().getOrDefault(HostNotes.PUBLISH, "");
    if (published.isEmpty()) {
      return Optional.empty();
    }
    return Arrays.stream(published.split(",", -1))
        .map(Publish::parse)
        .filter(port -> port.guestPort() == guestPort && port.protocol().equals("tcp"))
        .findFirst()
        .map(port -> new InetSocketAddress(reachable(port.address()), port.hostPort()));
  }

  private static String reachable(String listening) {
    return listening.equals("0.0.0.0") ? "127.0.0.1" : listening.equals("::") ? "::1" : listening;
  }

  /** Behind user-mode networking a guest's own address leads nowhere from here. */
  private static Optional<InetSocketAddress> routed(MachineStatus machine, int guestPort) {
    boolean routable =
        machine.vmi().metadata().annotations().entrySet().stream()
            .filter(note -> note.getKey().startsWith(HostNotes.NETWORK))
            .anyMatch(note -> note.getValue().matches("(tap|bridge)=.*"));
    if (!routable) {
      return Optional.empty();
    }
    return machine.report().map(GuestReport::agent).stream()
        .flatMap(agent -> agent.interfaces().stream())
        .map(AgentReport.Interface::addresses)
        .flatMap(List::stream)
        .map(address -> address.split("/", 2)[0])
        .filter(address -> address.matches("[0-9.]+") && !address.startsWith("127."))
        .findFirst()
        .map(address -> new InetSocketAddress(address, guestPort));
  }
}
