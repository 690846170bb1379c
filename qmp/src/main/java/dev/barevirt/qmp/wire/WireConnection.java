package dev.barevirt.qmp.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calling end of a conversation in the QMP envelope: sends commands, pairs replies with them,
 * and passes events on in order. Safe from any thread; the work is done in the socket's lane.
 */
public final class WireConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WireConnection.class);

  /**
   * Ids count up from a random number of six digits, so that one of an earlier session does not
   * come back. They are no longer than that because QEMU reads its monitor byte by byte, at several
   * system calls each: every character of a command costs a microsecond or more.
   */
  private static final long FIRST_ID = 100_000;

  private final WireLoop loop;
  private final String name;
  private final WireSettings settings;
  private final WireListener listener;
  private final Transcript transcript;
  private final LineDecoder decoder;
  private final CommandQueue queue;
  private final StreamSocket socket;
  private final AtomicLong ids;
  private final CompletableFuture<RawJson> greeting = new CompletableFuture<>();
  private final CompletableFuture<WireException.Disconnected> closed = new CompletableFuture<>();
  private @Nullable Resync resync; // set while the agent is being asked to start over
  private @Nullable StreamHandoff handoff; // set once the connection has become a byte stream

  private record Resync(long token, CompletableFuture<Void> done) {}

  private WireConnection(
      WireLoop loop, String name, OwnedFd fd, WireSettings settings, WireListener listener) {
    this.loop = loop;
    this.name = name;
    this.settings = settings;
    this.listener = listener;
    this.transcript = new Transcript(settings.transcriptSize());
    this.decoder = new LineDecoder(settings.frameLimit());
    this.queue = new CommandQueue(settings.window(), loop.ticker());
    this.ids = new AtomicLong(ThreadLocalRandom.current().nextLong(FIRST_ID, 9 * FIRST_ID));
    this.socket = StreamSocket.of(loop, fd, settings.writeLimit(), new Incoming());
  }

  /** Connects to a socket that somebody listens on. */
  public static WireConnection connect(
      WireLoop loop, Path path, WireSettings settings, WireListener listener) {
    OwnedFd socket = UnixSockets.connect(path);
    return start(new WireConnection(loop, path.toString(), socket, settings, listener));
  }

  /** Takes a socket that is connected already. */
  public static WireConnection over(
      WireLoop loop, OwnedFd socket, WireSettings settings, WireListener listener) {
    return start(new WireConnection(loop, socket.toString(), socket, settings, listener));
  }

  /** Only a connection that is fully made may be called from the loop. */
  private static WireConnection start(WireConnection made) {
    made.socket.start();
    return made;
  }

  /** Sends a command when its turn comes. */
  public WireReply submit(WireCommand command) {
    return submit(command, false);
  }

  /** Sends a command and waits for its answer. */
  public RawJson call(WireCommand command, Duration deadline) throws InterruptedException {
    return submit(command).await(deadline);
  }

  /**
   * Sends a command after whose answer the connection is a plain byte stream. Other commands that
   * wait for answers then fail as disconnected.
   */
  public ByteStream openStream(WireCommand command, Duration deadline) throws InterruptedException {
    WireReply reply = submit(command, true);
    reply.await(deadline);
    StreamHandoff h = handoff;
    if (h == null) {
      throw new WireException.Disconnected(name + ": " + command.name() + " gave no stream");
    }
    return h.stream();
  }

  /**
   * Makes a plain byte stream of a connection whose peer has just said, by an event, that it is
   * one: what follows that event's line is the stream's. Only within {@link WireListener#event}.
   */
  public ByteStream becomeStream() {
    if (!loop.inLoop() || handoff != null) {
      throw new IllegalStateException(name + " becomes a stream only while it tells an event");
    }
    StreamHandoff h = new StreamHandoff(loop, socket);
    handoff = h;
    ended(new WireException.Disconnected(name + " has become a stream"));
    return h.stream();
  }

  private WireReply submit(WireCommand command, boolean opensStream) {
    WireReply reply = new WireReply(this, command, ids.incrementAndGet(), opensStream);
    socket.run(
        () -> {
          if (socket.isClosed() || handoff != null) {
            command.descriptors().forEach(OwnedFd::close);
            reply.fail(disconnected(command.name() + " was not sent"));
          } else {
            queue.add(reply);
            sendWhatMayGo();
          }
        });
    return reply;
  }

  /** Waits for the peer's greeting. */
  public RawJson awaitGreeting(Duration deadline) throws InterruptedException {
    return Waiting.await(greeting, deadline, "greeting from " + name);
  }

  /** Ends when the connection has, with the reason. */
  public CompletionStage<WireException.Disconnected> closed() {
    return closed.minimalCompletionStage();
  }

  /** How the peer is doing; never waits for it. */
  public WireHealth health() {
    return closed.isDone() ? WireHealth.CLOSED : WireHealth.ofAge(oldestUnanswered());
  }

  /** The age of the oldest command that was sent and not answered; zero when there is none. */
  public Duration oldestUnanswered() {
    return queue.oldestAge();
  }

  /** The recent traffic. */
  public Transcript transcript() {
    return transcript;
  }

  /**
   * Guest agent only: forgets every unanswered command, makes the agent drop what it has read of a
   * command, and ignores all it says until it returns a random number asked of it.
   */
  public void resynchronise(Duration deadline) throws InterruptedException {
    long token = ThreadLocalRandom.current().nextLong(1, 1L << 31);
    Resync asked = new Resync(token, new CompletableFuture<>());
    String line = "{\"execute\":\"guest-sync-delimited\",\"arguments\":{\"id\":" + token + "}}\n";
    byte[] text = line.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[text.length + 1];
    bytes[0] = (byte) 0xFF;
    System.arraycopy(text, 0, bytes, 1, text.length);
    socket.post(
        () -> {
          if (socket.isClosed()) {
            asked.done().completeExceptionally(disconnected("the guest agent was not asked"));
            return;
          }
          queue.drainAll(disconnected("the guest agent was asked to start over"));
          resync = asked;
          transcript.sent(text);
          socket.write(bytes, List.of());
        });
    Waiting.await(asked.done(), deadline, "guest agent to synchronise on " + name);
  }

  /** Closes the connection; commands that wait for answers fail. */
  @Override
  public void close() {
    try {
      socket.post(() -> socket.close(Optional.empty()));
    } catch (WireException.Disconnected _) {
      // The loop has ended, and every socket with it.
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** Drops a command that was abandoned before it was sent; from any thread. */
  void forget(WireReply reply) {
    try {
      socket.post(() -> queue.forget(reply));
    } catch (WireException.Disconnected _) {
      // The loop has ended, nothing will be sent.
    }
  }

  private WireException.Disconnected disconnected(String what) {
    WireException.Disconnected cause = closed.getNow(null);
    String why = cause == null ? name : cause.getMessage();
    return new WireException.Disconnected(what + ": " + why);
  }

  private void sendWhatMayGo() {
    for (Optional<WireReply> next = queue.next(); next.isPresent(); next = queue.next()) {
      WireReply reply = next.get();
      WireCommand command = reply.command();
      byte[] line = encode(command, reply.id());
      if (command.secret()) {
        transcript.hidden(Transcript.Direction.SENT, command.name(), line.length);
      } else {
        transcript.sent(line);
      }
      socket.write(line, command.descriptors());
    }
  }

  private byte[] encode(WireCommand command, long id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 + command.arguments().length());
    boolean overtakes = command.lane() == WireCommand.Lane.OUT_OF_BAND;
    String verb = overtakes ? "{\"exec-oob\":" : "{\"execute\":";
    out.writeBytes(verb.getBytes(StandardCharsets.US_ASCII));
    RawJson.of(Json.of(command.name())).appendTo(out);
    if (!command.arguments().isEmptyObject()) {
      out.writeBytes(",\"arguments\":".getBytes(StandardCharsets.US_ASCII));
      command.arguments().appendTo(out);
    }
    if (settings.dialect() == WireSettings.Dialect.IDS) {
      out.writeBytes((",\"id\":" + id).getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes("}\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  /** What comes out of the socket. */
  private final class Incoming implements StreamSocket.Owner, LineDecoder.Lines {
    @Override
    public void received(byte[] bytes, int length, List<OwnedFd> descriptors) {
      descriptors.forEach(OwnedFd::close); // a calling end expects none
      int read = decoder.decode(bytes, 0, length, this);
      StreamHandoff h = handoff;
      if (h != null) {
        h.begin(bytes, read, length);
      }
    }

    @Override
    public boolean line(byte[] line) {
      WireMessage message = WireMessage.read(line);
      Resync waiting = resync;
      if (waiting != null) {
        synchronise(waiting, message);
        return true;
      }
      switch (message) {
        case WireMessage.Returned r -> answered(r.id(), true, r.value(), line, null);
        case WireMessage.Failed f -> failed(f, line);
        case WireMessage.Happened h -> {
          transcript.received(line);
          listener.event(WireConnection.this, h.event());
        }
        case WireMessage.Greeting g -> {
          transcript.received(line);
          greeting.complete(g.value());
          listener.greeted(g.value());
        }
        case WireMessage.Requested _ -> strange("a command, and this end serves none");
        case WireMessage.Strange s -> strange(s.why());
      }
      return handoff == null && !socket.isClosed();
    }

    @Override
    public void tooLong() {
      String what = "a line of more than " + settings.frameLimit() + " bytes";
      if (settings.dialect() == WireSettings.Dialect.IN_TURN) {
        queue
            .answered(null)
            .ifPresent(
                r -> r.fail(new WireException.Malformed(r.command().name() + " got " + what)));
        sendWhatMayGo();
      } else {
        strange(what);
      }
    }

    @Override
    public void drained() {}

    @Override
    public void closed(Optional<String> reason) {
      String why = name + (reason.isPresent() ? ": " + reason.get() : " was closed here");
      ended(new WireException.Disconnected(why));
    }
  }

  private void ended(WireException.Disconnected cause) {
    closed.complete(cause);
    greeting.completeExceptionally(cause);
    Resync waiting = resync;
    if (waiting != null) {
      waiting.done().completeExceptionally(cause);
    }
    queue.drainAll(cause);
    listener.closed(cause);
  }

  private void synchronise(Resync waiting, WireMessage message) {
    if (message instanceof WireMessage.Returned r
        && r.value().text().equals("" + waiting.token())) {
      resync = null;
      waiting.done().complete(null);
      sendWhatMayGo();
    }
  }

  /** An error that carries no id answers the oldest command: the peer could not read it. */
  private void failed(WireMessage.Failed f, byte[] line) {
    if (f.id() == null && settings.dialect() == WireSettings.Dialect.IDS) {
      LOG.atWarn().addKeyValue("connection", name).log("error without id: {}", f.description());
    }
    answered(f.id(), false, RawJson.NULL, line, f);
  }

  private void answered(
      @Nullable RawJson id,
      boolean succeeded,
      RawJson value,
      byte[] line,
      WireMessage.@Nullable Failed failure) {
    Optional<WireReply> found = queue.answered(id == null ? null : id.text());
    if (found.isEmpty()) {
      LOG.atWarn().addKeyValue("connection", name).log("reply to nothing asked, id {}", id);
      return;
    }
    WireReply reply = found.get();
    remember(reply, line);
    if (reply.isAbandoned()) {
      late(reply, succeeded, value, failure);
    } else if (failure != null) {
      reply.fail(
          new WireException.Refused(
              reply.command().name(), failure.errorClass(), failure.description()));
    } else {
      if (reply.opensStream()) {
        handoff = new StreamHandoff(loop, socket);
        ended(new WireException.Disconnected(name + " has become a stream"));
      }
      reply.succeed(value);
    }
    sendWhatMayGo();
  }

  private void late(
      WireReply reply, boolean succeeded, RawJson value, WireMessage.@Nullable Failed failure) {
    RawJson said = failure == null ? value : RawJson.of(Json.of(failure.description()));
    Duration took = Duration.ofNanos(loop.ticker().nanos() - reply.sentNanos());
    LateReply late = new LateReply(reply.command().name(), reply.id(), succeeded, said, took);
    LOG.atInfo()
        .addKeyValue("connection", name)
        .addKeyValue("command", late.command())
        .addKeyValue("id", late.id())
        .addKeyValue("millis", took.toMillis())
        .log("late reply");
    listener.late(late);
    if (reply.opensStream() && succeeded) {
      socket.close(Optional.of("a stream was opened after its caller had gone"));
    }
  }

  private void remember(WireReply reply, byte[] line) {
    if (reply.command().secret()) {
      String what = "reply to " + reply.command().name();
      transcript.hidden(Transcript.Direction.RECEIVED, what, line.length);
    } else {
      transcript.received(line);
    }
  }

  private void strange(String what) {
    if (settings.dialect() == WireSettings.Dialect.IN_TURN) {
      queue
          .answered(null)
          .ifPresent(r -> r.fail(new WireException.Malformed(r.command().name() + ": " + what)));
      sendWhatMayGo();
    } else {
      socket.close(Optional.of("peer sent " + what));
    }
  }
}
