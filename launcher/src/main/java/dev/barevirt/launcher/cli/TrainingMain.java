package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.Output;
import dev.barevirt.launcher.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs several command lines in one JVM, so that the AOT cache made from that JVM serves them all.
 * Used while building, by {@code launcher/scripts/train}: a command line per line of standard
 * input, its words separated by tabs. Stops at the first that fails.
 */
public final class TrainingMain {
  private TrainingMain() {}

  /** Runs the command lines of standard input. */
  public static void main(String[] arguments) throws IOException {
    var out = new Output(System.out, System.err, new Terminal(false, false, false));
    var cli =
        new LauncherCli(
            out, InputStream.nullInputStream(), System.getenv(), Path.of("").toAbsolutePath());
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int status = cli.run(List.of(line.split("\t")));
      if (status != 0) {
        System.exit(status);
      }
    }
  }
}
