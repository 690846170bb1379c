package dev.barevirt.virtctl;

import dev.barevirt.virtctl.command.Session;
import dev.barevirt.virtctl.command.Ticker;
import dev.barevirt.virtctl.output.Output;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process behind {@code bin/virtctl} and {@code kubectl virt}. */
public final class VirtctlMain {
  private static final String SELF = "barevirt.virtctl";

  private VirtctlMain() {}

  /** Runs one command line. */
  public static void main(String[] arguments) {
    String self = System.getProperty(SELF, "virtctl");
    boolean plugin = String.valueOf(Path.of(self).getFileName()).startsWith("kubectl-");
    var world =
        new Session.World(
            System.getenv(),
            Path.of("").toAbsolutePath(),
            new Output(System.in, utf8(System.out), utf8(System.err)),
            new SystemTicker(),
            plugin ? "kubectl virt" : "virtctl",
            List.of(self));
    System.exit(new Virtctl(world).run(List.of(arguments)));
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, false, StandardCharsets.UTF_8);
  }

  private record SystemTicker() implements Ticker {
    @Override
    public Duration now() {
      return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      CountDownLatch never = new CountDownLatch(1);
      if (never.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("nothing counts this latch down");
      }
    }
  }
}
