package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.LauncherCommand.OpenStream;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.live.StreamEnd;
import dev.barevirt.launcher.cli.live.TcpRelay;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "vnc",
    description = {
      "Makes the machine's screen reachable for a VNC viewer on a local port, until ^C.",
      "The screen itself is on a Unix socket that only its owner can open; the port is on the"
          + " loopback address."
    },
    footer = {"  launcher vnc web", "  launcher vnc web --port 5901", "  launcher vnc web --open"})
final class VncCommand implements Action {
  private static final List<String> VIEWERS =
      List.of("remote-viewer", "vncviewer", "gvncviewer", "vinagre");

  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Listen on this port (default: a free one)")
  int port;

  @Option(names = "--open", description = "Start a viewer, and end with it")
  boolean open;

  VncCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Machines machines = session.machines();
    try (Resident resident = machines.dial(machines.status(name));
        ServerSocket listening = LoopbackPort.listen(port)) {
      var screen = new OpenStream(OpenStream.Stream.VNC, false, false);
      resident.open(screen).close(); // without a screen, say so now and not to the viewer
      try (var relay = new TcpRelay(listening, () -> new StreamEnd(resident.open(screen)))) {
        if (open) {
          return view(relay, listening.getLocalPort());
        }
        session.out().line("vnc://127.0.0.1:" + listening.getLocalPort());
        session.out().note("^C ends it");
        relay.serve();
      }
      return DONE;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve the screen of '" + name + "'", e);
    }
  }

  private int view(TcpRelay relay, int local) throws IOException, InterruptedException {
    Path viewer =
        VIEWERS.stream()
            .flatMap(program -> session.workplace().programs().find(program).stream())
            .findFirst()
            .orElseThrow(
                () ->
                    CliFailure.of(ExitCode.HOST_UNSUPPORTED, "no VNC viewer is installed")
                        .advising("install virt-viewer or tigervnc-viewer, or leave out --open"));
    boolean takesUrl = viewer.endsWith("remote-viewer");
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    String address = takesUrl ? "vnc://" + host + ":" + local : host + "::" + local;
    Process process = new ProcessBuilder(viewer.toString(), address).inheritIO().start();
    Thread serving = Thread.ofVirtual().start(() -> serve(relay));
    int code = process.waitFor();
    relay.close();
    serving.join();
    return code;
  }

  private static void serve(TcpRelay relay) {
    try {
      relay.serve();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve the screen", e);
    }
  }
}
