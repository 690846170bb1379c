package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiClient;
import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.stream.ApiStream;
import dev.barevirt.virtctl.stream.Sink;
import dev.barevirt.virtctl.stream.ViewerPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code vnc VMI}. */
public final class VncCommand implements Command {
  @Override
  public Outline outline() {
    return Outline.of(
            "vnc",
            "VMI",
            1,
            "Open the screen of a virtual machine instance",
            Flag.truth("proxy-only", "Print the local port and start no viewer"),
            Flag.text("address", "127.0.0.1", "Local address to listen on"),
            Flag.number("port", 0, "Local port to listen on; 0 takes a free one"),
            Flag.truth(
                "preserve-session", "Refuse to take the screen from somebody who looks at it"),
            Flag.text("vnc-type", "", "Viewer to start: " + String.join(", ", VncViewer.TYPES)),
            Flag.text("vnc-path", "", "Program of the viewer; needs --vnc-type"))
        .showing("vnc my-vmi", "vnc my-vmi --proxy-only --port=5901");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String name = arguments.positional().getFirst();
    String path =
        ApiPath.of(Kind.INSTANCE, session.namespace(), name, "vnc")
            + "?preserveSession="
            + arguments.truth("preserve-session");
    VncViewer viewer =
        new VncViewer(session.world(), arguments.text("vnc-type"), arguments.text("vnc-path"));
    List<String> program = arguments.truth("proxy-only") ? List.of() : viewer.program();
    // The screen speaks first: what it says waits for the viewer.
    CompletableFuture<Socket> looking = new CompletableFuture<>();
    try (ApiStream screen =
            open(
                session.api(),
                name,
                path,
                (bytes, last) ->
                    ApiStream.into(looking.join().getOutputStream()).take(bytes, last));
        ViewerPort port =
            ViewerPort.on(
                InetAddress.getByName(arguments.text("address")),
                Math.toIntExact(arguments.number("port")))) {
      if (program.isEmpty()) {
        session.out().line("{\"port\":%d}".formatted(port.port()));
      } else {
        Process process = viewer.start(program, port.port());
        Thread.ofVirtual().start(() -> closeAfter(process, port));
      }
      relay(name, screen, port, looking);
      return DONE;
    } catch (IOException e) {
      throw new CommandFailure("vnc: " + e.getMessage(), e);
    }
  }

  private static ApiStream open(ApiClient api, String name, String path, Sink sink)
      throws InterruptedException {
    return Ask.orSay("Can't access VMI " + name, () -> ApiStream.open(api, path, sink));
  }

  /** A viewer that ends without having looked at the screen is waited for no longer. */
  private static void closeAfter(Process viewer, ViewerPort port) {
    viewer.onExit().join();
    try {
      port.close();
    } catch (IOException _) {
      // It is closed either way.
    }
  }

  private static void relay(
      String name, ApiStream screen, ViewerPort port, CompletableFuture<Socket> looking)
      throws IOException {
    try (Socket socket = port.viewer()) {
      looking.complete(socket);
      Thread.ofVirtual().start(() -> send(socket, screen));
      ApiStream.Ending ending = screen.await();
      if (!ending.isNormal()) {
        throw new CommandFailure(
            "the screen of %s was taken away: %s".formatted(name, ending.reason()));
      }
    } finally {
      looking.cancel(false);
    }
  }

  private static void send(Socket socket, ApiStream stream) {
    try (stream) {
      stream.sendAll(socket.getInputStream());
    } catch (IOException _) {
      // The viewer has gone; closing the stream ends the screen.
    }
  }
}
