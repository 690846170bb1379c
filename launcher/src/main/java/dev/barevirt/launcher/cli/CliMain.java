package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.Output;
import dev.barevirt.launcher.cli.output.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The process behind {@code bin/launcher}: hands the world to {@link LauncherCli} and exits with
 * what it says.
 */
public final class CliMain {
  private CliMain() {}

  /** Runs one command line. */
  public static void main(String[] arguments) {
    var terminal = new Terminal(isTerminal(0), isTerminal(1), isTerminal(2));
    var out = new Output(utf8(System.out), utf8(System.err), terminal);
    Path directory = Path.of("").toAbsolutePath();
    var cli = new LauncherCli(out, System.in, System.getenv(), directory);
    System.exit(cli.run(List.of(arguments)));
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, false, StandardCharsets.UTF_8);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false; // closed, or no /proc: treat it as a pipe
    }
  }
}
