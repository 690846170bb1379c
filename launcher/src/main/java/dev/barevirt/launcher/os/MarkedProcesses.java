package dev.barevirt.launcher.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds processes by a variable of the environment they were started with. */
public final class MarkedProcesses {
  private static final Path PROC = Path.of("/proc");

  private MarkedProcesses() {}

  /**
   * The processes that were started with that variable at that value, as far as this user may look
   * at them, and without this process.
   */
  public static List<ProcessIdentity> find(String variable, String value) {
    String wanted = variable + "=" + value;
    long own = ProcessHandle.current().pid();
    List<ProcessIdentity> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[1-9]*")) {
      for (Path process : processes) {
        long pid = Long.parseLong(process.getFileName().toString());
        if (pid != own && hasVariable(process, wanted)) {
          ProcessIdentity.of(pid).ifPresent(found::add);
        }
      }
    } catch (IOException hidden) {
      throw new UncheckedIOException("cannot look through " + PROC, hidden);
    }
    return List.copyOf(found);
  }

  private static boolean hasVariable(Path process, String wanted) {
    try {
      String variables = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      return Arrays.asList(variables.split("\0", -1)).contains(wanted);
    } catch (IOException gone) { // it has ended, or is none of ours
      return false;
    }
  }
}
