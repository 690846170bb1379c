package dev.barevirt.qmp;

import dev.barevirt.qmp.event.EventReader;
import dev.barevirt.qmp.event.Occurrence;
import dev.barevirt.qmp.event.QmpEvent;
import dev.barevirt.qmp.wire.LateReply;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.Transcript;
import dev.barevirt.qmp.wire.WireCommand;
import dev.barevirt.qmp.wire.WireCommand.Lane;
import dev.barevirt.qmp.wire.WireConnection;
import dev.barevirt.qmp.wire.WireEvent;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireHealth;
import dev.barevirt.qmp.wire.WireListener;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A connection to a QEMU's monitor: typed commands that block their (virtual) thread, and events in
 * order. Safe from any thread.
 *
 * <p>No command has a timeout of its own: how long to wait is the caller's business, and giving up
 * cancels nothing. QEMU answers in its own time, the late reply goes to {@link #onLateReply}, and
 * {@link #health()} tells from the age of the oldest unanswered command how QEMU is doing. A
 * command is never sent twice.
 */
public final class QmpClient implements AutoCloseable {
  private final Incoming incoming;
  private final WireConnection connection;
  private final QmpGreeting greeting;
  private final Duration patience;

  private QmpClient(
      Incoming incoming, WireConnection connection, QmpGreeting greeting, Duration patience) {
    this.incoming = incoming;
    this.connection = connection;
    this.greeting = greeting;
    this.patience = patience;
  }

  /**
   * Connects to a monitor socket and negotiates.
   *
   * @param patience how long to wait for the greeting, and for calls that name no deadline
   */
  public static QmpClient connect(
      WireLoop loop, Path socket, WireSettings settings, Duration patience)
      throws InterruptedException {
    Incoming incoming = new Incoming();
    return handshake(
        incoming, WireConnection.connect(loop, socket, settings, incoming), patience, List.of());
  }

  /** Negotiates over a socket that is connected already; takes it. */
  public static QmpClient over(
      WireLoop loop, OwnedFd socket, WireSettings settings, Duration patience)
      throws InterruptedException {
    Incoming incoming = new Incoming();
    return handshake(
        incoming, WireConnection.over(loop, socket, settings, incoming), patience, List.of());
  }

  /** Negotiates out-of-band commands too: for the monitor that is kept for emergencies. */
  static QmpClient withOutOfBand(
      WireLoop loop, Path socket, WireSettings settings, Duration patience)
      throws InterruptedException {
    Incoming incoming = new Incoming();
    return handshake(
        incoming,
        WireConnection.connect(loop, socket, settings, incoming),
        patience,
        List.of("oob"));
  }

  private static QmpClient handshake(
      Incoming incoming, WireConnection connection, Duration patience, List<String> wanted)
      throws InterruptedException {
    try {
      RawJson said = connection.awaitGreeting(patience);
      QmpGreeting greeting = QmpGreeting.read(said.tree());
      String enable =
          wanted.stream().allMatch(greeting.capabilities()::contains) && !wanted.isEmpty()
              ? "{\"enable\":[\"" + String.join("\",\"", wanted) + "\"]}"
              : "{}";
      connection.call(WireCommand.of("qmp_capabilities", RawJson.of(enable)), patience);
      return new QmpClient(incoming, connection, greeting, patience);
    } catch (WireException | InterruptedException e) {
      connection.close();
      throw e;
    }
  }

  /** What QEMU said of itself. */
  public QmpGreeting greeting() {
    return greeting;
  }

  /** Runs a command, waiting as long as this client's patience. */
  public <R> R call(QmpCommand<R> command) throws InterruptedException {
    return call(command, patience);
  }

  /**
   * Runs a command and waits for its answer.
   *
   * @throws WireException.Refused when QEMU says no
   * @throws WireException.TimedOut when the deadline passes first; the command may still happen
   * @throws WireException.Disconnected when the connection ends first; the same
   */
  public <R> R call(QmpCommand<R> command, Duration deadline) throws InterruptedException {
    return submit(command).await(deadline);
  }

  /** Sends a command without waiting. */
  public <R> QmpReply<R> submit(QmpCommand<R> command) {
    return submit(command, command.changes() ? Lane.ALONE : Lane.SHARED);
  }

  /** Sends a command in a lane of its caller's choice. */
  <R> QmpReply<R> submit(QmpCommand<R> command, Lane lane) {
    WireCommand wire =
        new WireCommand(
            command.wireName(),
            RawJson.of(command.arguments()),
            command.descriptors(),
            lane,
            command.secret());
    return new QmpReply<>(command.replyType(), connection.submit(wire));
  }

  /** Runs a command given as JSON: for tools that pass on what a person typed. */
  public RawJson raw(String command, RawJson arguments, Duration deadline)
      throws InterruptedException {
    return connection.call(WireCommand.of(command, arguments), deadline);
  }

  /** Starts to watch for one event; set it up before the command that causes the event. */
  public QmpExpectation expect(Predicate<QmpEvent> filter) {
    return new QmpExpectation(subscribe(filter, EventSubscription.Overflow.DROP_OLDEST, 16));
  }

  /** Starts to queue the events that pass a filter; the filter must be quick. */
  public EventSubscription subscribe(
      Predicate<QmpEvent> filter, EventSubscription.Overflow overflow, int capacity) {
    EventSubscription subscription =
        new EventSubscription(filter, overflow, capacity, incoming.subscriptions::remove);
    incoming.subscriptions.add(subscription);
    if (health() == WireHealth.CLOSED) {
      subscription.end(new WireException.Disconnected(connection + " has ended"));
    }
    return subscription;
  }

  /** Is told, on the event loop, of replies that came after their callers had given up. */
  public void onLateReply(Consumer<LateReply> listener) {
    incoming.lateListeners.add(listener);
  }

  /** How QEMU is doing; never waits for it. */
  public WireHealth health() {
    return connection.health();
  }

  /** The age of the oldest command that is unanswered. */
  public Duration oldestUnanswered() {
    return connection.oldestUnanswered();
  }

  /** The recent traffic, without secrets. */
  public Transcript transcript() {
    return connection.transcript();
  }

  /** Ends when the connection has, with the reason. */
  public CompletionStage<WireException.Disconnected> closed() {
    return connection.closed();
  }

  /** Closes the connection; QEMU goes on. */
  @Override
  public void close() {
    connection.close();
  }

  /** What the connection tells unasked; all of it on the event loop. */
  private static final class Incoming implements WireListener {
    private final CopyOnWriteArrayList<EventSubscription> subscriptions =
        new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Consumer<LateReply>> lateListeners =
        new CopyOnWriteArrayList<>();
    private long sequence;

    @Override
    public void event(WireEvent event) {
      sequence++;
      if (!subscriptions.isEmpty()) {
        Occurrence occurrence = new Occurrence(sequence, event.at(), EventReader.read(event));
        subscriptions.forEach(s -> s.offer(occurrence));
      }
    }

    @Override
    public void late(LateReply reply) {
      lateListeners.forEach(l -> l.accept(reply));
    }

    @Override
    public void closed(WireException.Disconnected cause) {
      subscriptions.forEach(s -> s.end(cause));
    }
  }
}
