package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.Column;
import dev.barevirt.launcher.cli.output.View;
import dev.barevirt.launcher.os.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "Prints the versions of the launcher, of Java, and of the QEMU it would use.",
    footer = {"  launcher version", "  launcher version -o json"})
final class VersionCommand implements Action {
  private static final Pattern QEMU_VERSION = Pattern.compile("version (\\d+\\.\\d+(?:\\.\\d+)?)");
  private static final String UNBUILT = "0.1.0-SNAPSHOT";

  private final Session session;

  VersionCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Map<String, Object> versions = new LinkedHashMap<>();
    String own = getClass().getPackage().getImplementationVersion();
    versions.put("launcher", own == null ? UNBUILT : own);
    versions.put("java", Runtime.version().toString());
    Programs programs = session.workplace().programs();
    Optional<Path> qemu = programs.find(Workplace.QEMU);
    versions.put("qemu", qemu.isEmpty() ? "not installed" : qemuVersion(qemu.get()));
    List<Map.Entry<String, Object>> rows = List.copyOf(versions.entrySet());
    switch (session.out().format()) {
      case JSON, YAML -> session.out().document(versions);
      case TABLE, WIDE, NAME ->
          session
              .out()
              .objects(
                  new View<Map.Entry<String, Object>>(
                      Map.Entry::getKey,
                      entry -> entry,
                      List.of(
                          Column.of("PART", Map.Entry::getKey),
                          Column.of("VERSION", entry -> entry.getValue().toString()))),
                  rows);
    }
    return DONE;
  }

  private static String qemuVersion(Path qemu) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(qemu.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      byte[] said = process.getInputStream().readNBytes(4096);
      process.waitFor();
      Matcher matcher = QEMU_VERSION.matcher(new String(said, StandardCharsets.UTF_8));
      return matcher.find() ? matcher.group(1) : "unknown";
    } catch (IOException e) {
      return "cannot be run";
    }
  }
}
