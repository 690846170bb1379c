package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.ResidentClassPath;
import dev.barevirt.launcher.os.Privileges;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The real command line as processes, with directories of its own that are cleaned up at the end.
 */
final class CliProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final String CLASS_PATH =
      ResidentClassPath.findWith(
          List.of("picocli/CommandLine.class", "org/snakeyaml/engine/v2/api/Load.class"));

  /** A build that runs in the background ignores ^C, which its processes would inherit. */
  private static final List<String> HEEDING = List.of("env", "--default-signal=INT");

  /** Even root may then do only what a file's mode says. */
  private static final List<String> POWERLESS =
      List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all", "--");

  private final Path directory;
  private final List<String> before;
  private final Map<String, String> more;
  private final Duration patience;

  private CliProcess(
      Path directory, List<String> before, Map<String, String> more, Duration patience) {
    this.directory = directory;
    this.before = before;
    this.more = more;
    this.patience = patience;
  }

  static CliProcess inItsOwnDirectory() throws IOException {
    return new CliProcess(
        Files.createTempDirectory(Path.of("/tmp"), "bv"), HEEDING, Map.of(), PATIENCE);
  }

  /** The same directories with one more variable. */
  CliProcess with(String variable, String value) {
    return new CliProcess(directory, before, Map.of(variable, value), patience);
  }

  /** The same directories without the privileges that root has over others' files. */
  CliProcess powerless() {
    boolean root = Privileges.current().isRoot();
    return new CliProcess(directory, root ? POWERLESS : before, more, patience);
  }

  /** The same directories for commands that take longer. */
  CliProcess patient(Duration longer) {
    return new CliProcess(directory, before, more, longer);
  }

  /** How a command ended. */
  record Ended(int code, String out, String err) {
    @Override
    public String toString() {
      return "exit code " + code + "\n--- out\n" + out + "\n--- err\n" + err;
    }
  }

  Path directory() {
    return directory;
  }

  Path machine(String name) {
    return directory.resolve("state/machines").resolve(name);
  }

  /** Runs a command line to its end, with nothing to read. */
  Ended run(String... arguments) throws Exception {
    return feed("", arguments);
  }

  /** Runs a command line to its end, with this to read. */
  Ended feed(String input, String... arguments) throws Exception {
    Process process = start(arguments);
    CompletableFuture<String> out =
        CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading; what it says is what counts.
    }
    if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          String.join(" ", arguments) + " has not ended; out: " + out.get() + " err: " + err.get());
    }
    return new Ended(process.exitValue(), out.get(), err.get());
  }

  /** Starts a command line that its caller watches and ends. */
  Process start(String... arguments) throws IOException {
    var builder = new ProcessBuilder(command(arguments)).directory(directory.toFile());
    builder.environment().putAll(environment());
    return builder.start();
  }

  /** Starts a command line on a terminal of its own, which its streams are the other end of. */
  Process onTerminal(String after, String... arguments) throws IOException {
    String words =
        Stream.of(command(arguments).toArray(String[]::new))
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    List<String> script = List.of("script", "-qec", words + after, "/dev/null");
    var builder = new ProcessBuilder(script).directory(directory.toFile());
    builder.environment().putAll(environment());
    builder.environment().put("TERM", "xterm");
    return builder.redirectErrorStream(true).start();
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(before);
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", CLASS_PATH, CliMain.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("BAREVIRT_STATE_DIR", directory.resolve("state").toString());
    variables.put("BAREVIRT_RUNTIME_DIR", directory.resolve("run").toString());
    return variables;
  }

  private static String all(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends and deletes every machine, then the directory. */
  void end() throws Exception {
    List<String> machines = run("ps", "-a", "-o", "name").out().lines().toList();
    for (String name : machines) {
      run("delete", "--force", name);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
