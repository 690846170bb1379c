package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand.OpenStream;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.qmp.wire.ByteStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Waits until a guest is as far as somebody needs it. */
public final class Waits {
  /** How long starting QEMU may take. */
  public static final Duration START = Duration.ofMinutes(2);

  /** How long a guest may take to boot. */
  public static final Duration USUAL = Duration.ofMinutes(10);

  /** No condition: a guest whose processors run is enough. */
  public static final Condition NOTHING = new Condition.Nothing();

  private static final Duration STEP = Duration.ofMillis(500);

  /**
   * An emulated guest takes seconds to greet, and to hang up on it each time would slow it more.
   */
  private static final int GREETING_MILLIS = 20_000;

  private static final int WINDOW = 64 * 1024;

  private Waits() {}

  /** What to wait for. */
  public sealed interface Condition {
    /** Nothing. */
    record Nothing() implements Condition {}

    /** The guest agent answers. */
    record Agent() implements Condition {}

    /** The guest's ssh server greets. */
    record Ssh() implements Condition {}

    /** The serial console says something. */
    record Serial(Pattern pattern) implements Condition {}

    /** What it is, for people. */
    default String words() {
      return switch (this) {
        case Nothing _ -> "the guest";
        case Agent _ -> "the guest agent";
        case Ssh _ -> "the guest's ssh server";
        case Serial serial -> "'" + serial.pattern() + "' on the serial console";
      };
    }
  }

  /** Reads {@code agent}, {@code ssh} or {@code serial:REGEX}. */
  public static Condition parse(String text) {
    if (text.equals("agent")) {
      return new Condition.Agent();
    }
    if (text.equals("ssh")) {
      return new Condition.Ssh();
    }
    if (!text.startsWith("serial:")) {
      throw CliFailure.usage(
          "--wait '" + Text.printable(text) + "' is none of agent, ssh, serial:REGEX");
    }
    try {
      return new Condition.Serial(
          Pattern.compile(text.substring("serial:".length()), Pattern.MULTILINE));
    } catch (PatternSyntaxException e) {
      throw CliFailure.usage("--wait: " + e.getDescription() + " in the regular expression");
    }
  }

  /** Waits for a condition; a guest that ends first is a failure. */
  public static void await(
      MachineStatus machine, Resident resident, Condition condition, Duration patience)
      throws InterruptedException {
    switch (condition) {
      case Condition.Nothing _ -> {}
      case Condition.Agent _ ->
          new Watch(machine, resident, condition, patience).until(Waits::agent);
      case Condition.Ssh _ -> {
        InetSocketAddress address = ssh(machine);
        new Watch(machine, resident, condition, patience).until(_ -> greets(address));
      }
      case Condition.Serial serial -> {
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        try (ByteStream console =
            resident.open(new OpenStream(OpenStream.Stream.CONSOLE, true, true))) {
          Thread.ofVirtual().start(() -> seen.complete(reads(console, serial.pattern())));
          new Watch(machine, resident, condition, patience).until(_ -> seen.getNow(false));
        }
      }
    }
  }

  private static boolean agent(GuestReport report) {
    AgentReport agent = report.agent();
    return agent != null && agent.connected();
  }

  /** Where the guest's ssh server can be reached from here. */
  public static InetSocketAddress ssh(MachineStatus machine) {
    return SshAddress.of(machine)
        .orElseThrow(
            () ->
                CliFailure.of(
                        ExitCode.CONFLICT,
                        "machine '" + machine.name() + "' forwards no port to its ssh server")
                    .advising("create it with -p 2222:22"));
  }

  private static boolean greets(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, GREETING_MILLIS);
      socket.setSoTimeout(GREETING_MILLIS);
      byte[] greeting = socket.getInputStream().readNBytes(4);
      return new String(greeting, StandardCharsets.US_ASCII).equals("SSH-");
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private static boolean reads(ByteStream console, Pattern pattern) {
    var window = new StringBuilder();
    byte[] piece = new byte[4096];
    try {
      for (int length = console.read(piece); length >= 0; length = console.read(piece)) {
        window.append(new String(piece, 0, length, StandardCharsets.ISO_8859_1));
        if (pattern.matcher(window).find()) {
          return true;
        }
        if (window.length() > WINDOW) {
          window.delete(0, window.length() - WINDOW / 2);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Follows a machine's reports and asks now and then. */
  private record Watch(
      MachineStatus machine, Resident resident, Condition condition, Duration patience) {

    /** Something that can be asked at any time. */
    interface Question {
      boolean answered(GuestReport report);
    }

    void until(Question question) throws InterruptedException {
      long deadline = System.nanoTime() + patience.toNanos();
      GuestReport report = resident.subscribe();
      while (!question.answered(report)) {
        if (report.phase().isFinal()) {
          throw endedFirst(report);
        }
        if (System.nanoTime() > deadline) {
          throw CliFailure.of(
                  ExitCode.TIMEOUT,
                  "machine '%s' was not ready after %d s: no sign of %s"
                      .formatted(machine.name(), patience.toSeconds(), condition.words()))
              .advising("it goes on; 'launcher console " + machine.name() + "' shows where it is");
        }
        Optional<LauncherEvent> event = resident.next(STEP);
        if (event.isPresent() && event.get() instanceof LauncherEvent.ReportChanged changed) {
          report = changed.report();
        }
      }
    }

    private CliFailure endedFirst(GuestReport report) {
      return GuestEnd.failure(machine.name(), report)
          .orElse(
              CliFailure.of(
                  ExitCode.GUEST_CRASHED,
                  "machine '"
                      + machine.name()
                      + "' ended before there was a sign of "
                      + condition.words()));
    }
  }
}
