package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.live.SlirpForward;
import dev.barevirt.launcher.cli.live.SocketEnd;
import dev.barevirt.launcher.cli.live.SshAddress;
import dev.barevirt.launcher.cli.live.TcpRelay;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.launcher.cli.term.Interrupts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "port-forward",
    description = {
      "Forwards local TCP ports to a running guest until ^C.",
      "Uses the guest's own address where it has one that this host reaches, else QEMU's user-mode"
          + " network, else ssh."
    },
    footer = {"  launcher port-forward web 8080:80", "  launcher port-forward db 5432"})
final class PortForwardCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "[LOCAL:]GUEST",
      description = "The ports")
  List<String> ports = new ArrayList<>();

  /** One port to forward; a local port of 0 is any free one. */
  private record Pair(int local, int guest) {
    static Pair parse(String text) {
      if (!text.matches("(\\d{1,5}:)?\\d{1,5}")) {
        throw CliFailure.usage("'" + Text.printable(text) + "' is not of the form [LOCAL:]GUEST");
      }
      String[] parts = text.split(":", 2);
      return new Pair(Integer.parseInt(parts[0]), Integer.parseInt(parts[parts.length - 1]));
    }
  }

  @Option(
      names = {"-l", "--login"},
      paramLabel = "USER",
      description = "Where it goes through ssh: log in as this user")
  @Nullable String user;

  @Option(
      names = {"-i", "--identity"},
      paramLabel = "FILE",
      description = "Where it goes through ssh: log in with this private key")
  @Nullable String identity;

  PortForwardCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    List<Pair> pairs = ports.stream().map(Pair::parse).toList();
    Machines machines = session.machines();
    MachineStatus machine = machines.status(name);
    var over = new CountDownLatch(1);
    List<AutoCloseable> open = new ArrayList<>();
    try (Resident resident = machines.dial(machine);
        Interrupts _ = Interrupts.listen(_ -> over.countDown())) {
      for (Pair pair : pairs) {
        open.add(forward(machine, resident, pair));
      }
      session.out().note("^C ends it");
      over.await();
      close(open);
      return DONE;
    } catch (RuntimeException e) {
      close(open);
      throw e;
    }
  }

  private AutoCloseable forward(MachineStatus machine, Resident resident, Pair pair)
      throws InterruptedException {
    Optional<InetSocketAddress> direct = SshAddress.of(machine, pair.guest());
    if (direct.isPresent()) {
      ServerSocket listening = LoopbackPort.listen(pair.local());
      var relay = new TcpRelay(listening, () -> new SocketEnd(connected(direct.get())));
      Thread.ofVirtual().start(() -> serve(relay));
      say(listening.getLocalPort(), pair.guest());
      return relay;
    }
    int local = freePort(pair.local());
    try {
      AutoCloseable slirp = SlirpForward.add(resident, local, pair.guest());
      say(local, pair.guest());
      return slirp;
    } catch (SlirpForward.Unavailable e) {
      if (SshAddress.of(machine).isPresent()) {
        return throughSsh(machine, local, pair.guest());
      }
      throw CliFailure.of(
              ExitCode.HOST_UNSUPPORTED,
              "no way leads from this host to port " + pair.guest() + " of '" + name + "'")
          .advising(
              "forward it when the machine is created: -p " + pair.local() + ":" + pair.guest())
          .because(e);
    }
  }

  private AutoCloseable throughSsh(MachineStatus machine, int local, int guest)
      throws InterruptedException {
    var login = new SshLogin(session, machine, user, identity);
    List<String> words = new ArrayList<>(login.options("ssh", "-p"));
    words.addAll(List.of("-N", "-o", "ExitOnForwardFailure=yes"));
    words.addAll(List.of("-L", "127.0.0.1:" + local + ":127.0.0.1:" + guest));
    words.addAll(List.of("--", login.target()));
    Process ssh = login.start(words);
    while (!LoopbackPort.accepts(local)) {
      if (ssh.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw CliFailure.of(
            ExitCode.CONFLICT, "ssh cannot forward port " + guest + " of '" + name + "'");
      }
    }
    say(local, guest);
    return ssh::destroy;
  }

  /** QEMU listens by itself, so the port is only tried here. */
  private static int freePort(int wanted) {
    try (ServerSocket free = LoopbackPort.listen(wanted)) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for a free port", e);
    }
  }

  private void say(int local, int guest) {
    session.out().line("127.0.0.1:" + local + " -> " + name + ":" + guest);
  }

  private static Socket connected(InetSocketAddress address) throws IOException {
    return new Socket(address.getAddress(), address.getPort());
  }

  private static void serve(TcpRelay relay) {
    try {
      relay.serve();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot forward", e);
    }
  }

  private static void close(List<AutoCloseable> open) {
    for (AutoCloseable one : open) {
      try {
        one.close();
      } catch (Exception e) {
        // It ends with this process, or with the machine.
      }
    }
  }
}
