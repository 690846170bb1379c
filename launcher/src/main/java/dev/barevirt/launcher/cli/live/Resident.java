package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.WireCommand;
import dev.barevirt.qmp.wire.WireConnection;
import dev.barevirt.qmp.wire.WireEvent;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireListener;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The resident launcher of one machine, spoken to over its socket. */
public final class Resident implements AutoCloseable {
  /** How long a launcher may take for what needs neither guest nor QEMU. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WireLoop loop;
  private final Path socket;
  private final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final AtomicBoolean subscribed = new AtomicBoolean();
  private final WireConnection connection;

  /** What subscribing brings. */
  private sealed interface Heard {
    record Said(LauncherEvent event) implements Heard {}

    record Gone() implements Heard {}
  }

  private Resident(WireLoop loop, Path socket) {
    this.loop = loop;
    this.socket = socket;
    this.connection = WireConnection.connect(loop, socket, WireSettings.rpc(), new Listener(heard));
  }

  /** Connects to the launcher that listens there. */
  public static Resident dial(Path socket) {
    WireLoop loop = WireLoop.start("rpc");
    try {
      return new Resident(loop, socket);
    } catch (WireException e) {
      loop.close();
      throw e;
    }
  }

  /** Asks and waits for the answer. */
  public <R extends Record> R call(LauncherCommand<R> command, Duration deadline)
      throws InterruptedException {
    return Contract.reply(command, connection.call(wire(command), deadline));
  }

  /** Asks with the usual patience. */
  public <R extends Record> R call(LauncherCommand<R> command) throws InterruptedException {
    return call(command, PATIENCE);
  }

  /** Opens a stream on a connection of its own. */
  public ByteStream open(LauncherCommand.OpenStream command) throws InterruptedException {
    var another = WireConnection.connect(loop, socket, WireSettings.rpc(), new WireListener() {});
    return another.openStream(wire(command), PATIENCE);
  }

  /** From now on events are kept for {@link #next}; returns how things are at this moment. */
  public GuestReport subscribe() throws InterruptedException {
    boolean first = subscribed.compareAndSet(false, true);
    return first ? call(new LauncherCommand.Subscribe()) : call(new LauncherCommand.Report());
  }

  /**
   * Waits for the next event.
   *
   * @return nothing when the time has passed first
   * @throws WireException.Disconnected when the launcher has ended
   */
  public Optional<LauncherEvent> next(Duration patience) throws InterruptedException {
    Heard next = heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    return switch (next) {
      case null -> Optional.empty();
      case Heard.Said said -> Optional.of(said.event());
      case Heard.Gone gone -> {
        heard.add(gone); // whoever asks again hears it again
        throw new WireException.Disconnected("the launcher at " + socket + " has ended");
      }
    };
  }

  private static WireCommand wire(LauncherCommand<?> command) {
    return WireCommand.of(command.wireName(), Contract.arguments(command));
  }

  @Override
  public void close() {
    connection.close();
    loop.close();
  }

  /** Files what the connection tells. */
  private record Listener(LinkedBlockingQueue<Heard> heard) implements WireListener {
    @Override
    public void event(WireEvent event) {
      Contract.event(event).ifPresent(known -> heard.add(new Heard.Said(known)));
    }

    @Override
    public void closed(WireException.Disconnected cause) {
      heard.add(new Heard.Gone());
    }
  }
}
