package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.flag.UsageException;
import dev.barevirt.virtctl.stream.ApiStream;
import dev.barevirt.virtctl.stream.TcpForward;
import dev.barevirt.virtctl.stream.UdpForward;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** {@code port-forward TYPE/NAME[/NAMESPACE] PORT...}. */
public final class PortForwardCommand implements Command {
  @Override
  public Outline outline() {
    return Outline.of(
            "port-forward",
            "TYPE/NAME[/NAMESPACE] [tcp/|udp/]LOCAL[:REMOTE]...",
            2,
            "Forward local ports to a virtual machine or an instance",
            Flag.truth("stdio", "Forward standard input and output to the port instead"),
            Flag.text("address", "127.0.0.1", "Local address to listen on"))
        .taking(2, Outline.ANY)
        .showing(
            "port-forward vmi/my-vmi 8080",
            "port-forward vm/my-vm/my-namespace 8080:80 udp/5353:53",
            "port-forward --stdio=true vmi/my-vmi 22");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    List<String> operands = arguments.positional();
    Target target = Target.of(operands.getFirst(), session);
    List<ForwardedPort> ports =
        operands.subList(1, operands.size()).stream().map(ForwardedPort::of).toList();
    if (arguments.truth("stdio")) {
      if (ports.size() != 1) {
        throw new UsageException("only one port supported when forwarding to stdout");
      }
      return stdio(session, target, ports.getFirst());
    }
    return listen(session, target, ports, arguments.text("address"));
  }

  private static int stdio(Session session, Target target, ForwardedPort port)
      throws InterruptedException {
    try (ApiStream stream =
        ApiStream.open(
            session.api(),
            target.port(port.remote(), port.protocol()),
            ApiStream.into(session.out().bytes()))) {
      Thread.ofPlatform().daemon().start(() -> type(session, stream));
      ApiStream.Ending ending = stream.await();
      if (!ending.isNormal()) {
        throw new CommandFailure(
            "the connection to %s was lost: %s".formatted(target, ending.reason()));
      }
    }
    return DONE;
  }

  private static void type(Session session, ApiStream stream) {
    try (stream) {
      stream.sendAll(session.out().input());
    } catch (IOException _) {
      // The stream has ended, and whoever awaits its end says how.
    }
  }

  private static int listen(
      Session session, Target target, List<ForwardedPort> ports, String address)
      throws InterruptedException {
    List<Thread> listeners = new ArrayList<>();
    try {
      InetAddress local = InetAddress.getByName(address);
      for (ForwardedPort port : ports) {
        String path = target.port(port.remote(), port.protocol());
        Runnable forward;
        int bound;
        if (port.protocol().equals("udp")) {
          UdpForward udp =
              UdpForward.on(local, port.local(), session.api(), path, session.out()::note);
          bound = udp.port();
          forward = udp;
        } else {
          TcpForward tcp =
              TcpForward.on(local, port.local(), session.api(), path, session.out()::note);
          bound = tcp.port();
          forward = tcp;
        }
        session
            .out()
            .note(
                "forwarding %s %s:%d to %d"
                    .formatted(port.protocol(), address, bound, port.remote()));
        listeners.add(Thread.ofPlatform().start(forward));
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot listen on %s: %s".formatted(address, e.getMessage()), e);
    }
    for (Thread listener : listeners) {
      listener.join();
    }
    return DONE;
  }
}
