package dev.barevirt.launcher.image;

import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.ExitStatus;
import dev.barevirt.launcher.os.Pipe;
import dev.barevirt.launcher.os.Programs;
import dev.barevirt.launcher.os.RawBytes;
import dev.barevirt.launcher.os.RunningProcess;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.launcher.os.SpawnRequest;
import dev.barevirt.qmp.wire.OwnedFd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Fetches images by the program of that name, which knows registries, credentials and archives. */
final class Skopeo {
  private static final Duration LIMIT = Duration.ofHours(6);
  private static final int KEPT_LINES = 20;
  private static final int LOCK = 3;
  private static final Set<String> PASSED_ON =
      Set.of(
          "HOME",
          "PATH",
          "XDG_RUNTIME_DIR",
          "REGISTRY_AUTH_FILE",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY");

  private final Programs programs;
  private final Children children;
  private final Map<String, String> environment;

  /**
   * The program.
   *
   * @param environment of this process; what tells of registries and proxies is passed on
   */
  Skopeo(Programs programs, Children children, Map<String, String> environment) {
    this.programs = programs;
    this.children = children;
    this.environment = new TreeMap<>(environment);
    this.environment.keySet().retainAll(PASSED_ON);
  }

  /**
   * Copies an image into a new layout.
   *
   * @param source with its transport, such as {@code docker://…}
   * @param lock held by the child as well, so that the directory counts as used while it writes
   */
  void copy(String source, Path layout, OwnedFd lock, ImageProgress progress) {
    Path program =
        programs
            .find("skopeo")
            .orElseThrow(
                () ->
                    new ImageException(
                        ImageException.Reason.TOOL_FAILED,
                        "there is no skopeo here, which fetches images: install it"));
    Map<String, String> variables = new TreeMap<>(environment);
    variables.put("TMPDIR", String.valueOf(layout.getParent()));
    SpawnRequest request =
        SpawnRequest.of(
                List.of(
                    program.toString(),
                    "copy",
                    "--override-os",
                    "linux",
                    "--",
                    source,
                    "oci:" + layout + ":image"))
            .withEnvironment(variables)
            .passing(LOCK, lock);
    try (Pipe output = Pipe.open()) {
      RunningProcess child =
          children.start(request.passing(1, output.writer()).passing(2, output.writer()));
      output.writer().close();
      try {
        List<String> last = follow(output, progress);
        ExitStatus status = child.awaitExit(LIMIT).orElseThrow(() -> interrupted(source));
        if (!status.isSuccess()) {
          throw new ImageException(
              ImageException.Reason.TOOL_FAILED,
              "cannot fetch %s: %s".formatted(ImagePath.shown(source), reason(last, status)));
        }
      } finally {
        child.signalGroup(Signal.KILL);
      }
    }
  }

  /** Reads what it says line by line; the last lines tell why it failed, if it did. */
  private static List<String> follow(Pipe output, ImageProgress progress) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    byte[] piece = RawBytes.read(output.reader(), 8192);
    while (piece.length > 0) {
      for (char c : new String(piece, StandardCharsets.UTF_8).toCharArray()) {
        if (c != '\n' && c != '\r') {
          line.append(line.length() < 4096 ? String.valueOf(c) : "");
        } else if (!line.isEmpty()) {
          lines.add(line.toString());
          progress.at(ImagePath.shown(line.toString()), 0, 0);
          line.setLength(0);
        }
      }
      while (lines.size() > KEPT_LINES) {
        lines.removeFirst();
      }
      piece = RawBytes.read(output.reader(), 8192);
    }
    return lines;
  }

  /** Its last complaint, without the decoration of its log. */
  private static String reason(List<String> lines, ExitStatus status) {
    if (lines.isEmpty()) {
      return "skopeo ended with " + status;
    }
    String last = lines.getLast().replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    int message = last.indexOf("msg=\"");
    String text = message < 0 ? last : last.substring(message + 5).replaceAll("\"$", "");
    return text.length() <= 400 ? text : text.substring(0, 400) + "…";
  }

  private static ImageException interrupted(String source) {
    return new ImageException(
        ImageException.Reason.TOOL_FAILED,
        "fetching %s was interrupted".formatted(ImagePath.shown(source)));
  }
}
