package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.api.ApiFailure;
import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.output.RawTerminal;
import dev.barevirt.virtctl.stream.ApiStream;
import dev.barevirt.virtctl.stream.Escape;
import java.io.IOException;
import java.time.Duration;

/** {@code console VMI}. */
public final class ConsoleCommand implements Command {
  private static final int NOT_YET = 400;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  @Override
  public Outline outline() {
    return Outline.of(
            "console",
            "VMI",
            1,
            "Connect to the serial console of a virtual machine instance",
            Flag.number("timeout", 5, "Minutes to wait until the instance runs"))
        .showing("console my-vmi", "console my-vmi --timeout=10");
  }

  @Override
  public int run(Session session, Arguments arguments) throws InterruptedException {
    String name = arguments.positional().getFirst();
    ApiStream stream = connect(session, name, Duration.ofMinutes(arguments.number("timeout")));
    session
        .out()
        .note(
            "Successfully connected to %s console. Press Ctrl+] or Ctrl+5 to exit console."
                .formatted(name));
    ApiStream.Ending ending;
    try (RawTerminal _ = RawTerminal.enter();
        stream) {
      Thread.ofPlatform().daemon().start(() -> type(session, stream));
      ending = stream.await();
    }
    if (!ending.isNormal()) {
      throw new CommandFailure(
          ending.reason().isEmpty()
              ? "the console was closed: the machine has stopped, somebody else has connected to its"
                  + " console, or the network failed"
              : "the console was closed: " + ending.reason());
    }
    return DONE;
  }

  /** An instance that does not run yet is tried again until the time is over. */
  private static ApiStream connect(Session session, String name, Duration timeout)
      throws InterruptedException {
    String path = ApiPath.of(Kind.INSTANCE, session.namespace(), name, "console");
    Ticker ticker = session.world().ticker();
    Duration end = ticker.now().plus(timeout);
    while (true) {
      try {
        return ApiStream.open(session.api(), path, ApiStream.into(session.out().bytes()));
      } catch (ApiFailure refused) {
        if (refused.status() != NOT_YET) {
          throw refused;
        }
        if (ticker.now().compareTo(end) >= 0) {
          throw new CommandFailure(
              "Timeout trying to connect to the virtual machine instance: " + refused.getMessage(),
              refused);
        }
        ticker.pause(BETWEEN_TRIES);
      }
    }
  }

  private static void type(Session session, ApiStream stream) {
    try (stream) {
      stream.sendAll(new Escape(session.out().input()));
    } catch (IOException _) {
      // The stream has ended, and whoever awaits its end says how.
    }
  }
}
