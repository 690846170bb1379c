package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.UsageException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The viewers of screens that people have, and how each is told where to look. */
final class VncViewer {
  static final List<String> TYPES = List.of("tiger", "chicken", "real", "remote-viewer");

  private static final Map<String, List<String>> PROGRAMS =
      Map.of(
          "tiger",
              List.of(
                  "vncviewer",
                  "xtigervncviewer",
                  "/Applications/TigerVNC.app/Contents/MacOS/TigerVNC"),
          "chicken", List.of("/Applications/Chicken.app/Contents/MacOS/Chicken"),
          "real", List.of("vncviewer", "/Applications/VNC Viewer.app/Contents/MacOS/vncviewer"),
          "remote-viewer", List.of("remote-viewer"));

  private final Session.World world;
  private final String type;
  private final String path;

  VncViewer(Session.World world, String type, String path) {
    if (!type.isEmpty() && !TYPES.contains(type)) {
      throw new UsageException(
          "--vnc-type \"%s\" is none of %s".formatted(type, String.join(", ", TYPES)));
    }
    if (!path.isEmpty() && type.isEmpty()) {
      throw new UsageException("--vnc-path needs --vnc-type, which says how to call the program");
    }
    this.world = world;
    this.type = type;
    this.path = path;
  }

  /** The viewer's type and its program. */
  List<String> program() {
    if (!path.isEmpty()) {
      return List.of(type, path);
    }
    // Elsewhere remote-viewer is what most have; it comes before those that were installed by hand.
    List<String> order =
        type.isEmpty() ? List.of("remote-viewer", "tiger", "chicken", "real") : List.of(type);
    for (String each : order) {
      for (String program : PROGRAMS.getOrDefault(each, List.of())) {
        Optional<Path> found = Programs.find(program, world.environment());
        if (found.isPresent()) {
          return List.of(each, found.get().toString());
        }
      }
    }
    throw new CommandFailure(
        "could not find remote-viewer or vncviewer binary in $PATH; install one, or take --proxy-only"
            + " and any viewer");
  }

  /** Starts it. */
  Process start(List<String> program, int port) throws IOException {
    String url =
        program.getFirst().equals("remote-viewer")
            ? "vnc://127.0.0.1:" + port
            : "127.0.0.1::" + port;
    return new ProcessBuilder(program.getLast(), url)
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
