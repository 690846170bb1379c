package dev.barevirt.virtctl;

import dev.barevirt.virtctl.command.Session;
import dev.barevirt.virtctl.command.Ticker;
import dev.barevirt.virtctl.output.Output;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Command lines run in this process, with a clock that jumps. */
final class CommandLine {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/nonexistent"));
  private final List<String> before = new ArrayList<>();
  private final JumpingTicker ticker = new JumpingTicker();
  private InputStream in = InputStream.nullInputStream();
  private Path directory = Path.of("").toAbsolutePath();
  private OutputStream results = out;
  private String program = "virtctl";

  private static final class JumpingTicker implements Ticker {
    private Duration now = Duration.ZERO;

    @Override
    public Duration now() {
      return now;
    }

    @Override
    public void pause(Duration duration) {
      now = now.plus(duration);
    }
  }

  static CommandLine to(FakeApi api) {
    CommandLine line = new CommandLine();
    line.before.addAll(List.of("--server", api.address(), "-n", "ns"));
    return line;
  }

  CommandLine typing(InputStream typed) {
    in = typed;
    return this;
  }

  CommandLine printing(OutputStream stream) {
    results = stream;
    return this;
  }

  CommandLine in(Path folder) {
    directory = folder;
    return this;
  }

  CommandLine as(String name) {
    program = name;
    return this;
  }

  CommandLine with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  int run(String... words) {
    List<String> all = new ArrayList<>(before);
    all.addAll(List.of(words));
    var world =
        new Session.World(
            environment,
            directory,
            new Output(in, print(results), print(err)),
            ticker,
            program,
            List.of("/opt/my bin/virtctl"));
    return new Virtctl(world).run(all);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  Duration waited() {
    return ticker.now();
  }

  private static PrintStream print(OutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
