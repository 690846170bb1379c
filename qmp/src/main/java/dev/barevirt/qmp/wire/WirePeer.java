package dev.barevirt.qmp.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answering end of one conversation in the QMP envelope. Safe from any thread; the work is done
 * on the loop, and each request is served on a virtual thread of its own.
 */
public final class WirePeer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WirePeer.class);
  private static final byte[] NOTHING = new byte[0];

  private final WireLoop loop;
  private final PeerCredentials credentials;
  private final WireLimits limits;
  private final WireService service;
  private final Consumer<WirePeer> gone;
  private final LineDecoder decoder;
  private final Incoming incoming = new Incoming();
  private final StreamSocket socket;
  private final List<OwnedFd> descriptors = new ArrayList<>(0); // on the loop, like all below
  private byte[] backlog = NOTHING; // not decoded yet, while too many requests are served
  private List<OwnedFd> backlogDescriptors = List.of();
  private @Nullable StreamHandoff handoff; // set once the connection has become a byte stream
  private int serving;
  private boolean asked;
  private boolean ended;

  private WirePeer(
      WireLoop loop, OwnedFd fd, WireLimits limits, WireService service, Consumer<WirePeer> gone) {
    this.loop = loop;
    this.credentials = PeerCredentials.of(fd);
    this.limits = limits;
    this.service = service;
    this.gone = gone;
    this.decoder = new LineDecoder(limits.frameLimit());
    this.socket = StreamSocket.of(loop, fd, limits.writeLimit(), incoming);
  }

  /** Serves the other end of a connected socket, which this side may also have dialled. */
  public static WirePeer serve(
      WireLoop loop, OwnedFd socket, WireLimits limits, WireService service) {
    return serve(loop, socket, limits, service, _ -> {});
  }

  static WirePeer serve(
      WireLoop loop,
      OwnedFd socket,
      WireLimits limits,
      WireService service,
      Consumer<WirePeer> gone) {
    WirePeer peer = new WirePeer(loop, socket, limits, service, gone);
    peer.socket.start();
    if (loop.inLoop()) {
      peer.begin();
    } else {
      loop.execute(peer::begin);
    }
    return peer;
  }

  private void begin() {
    service.opened(this);
    service.greeting().ifPresent(g -> send(line("QMP", g, null)));
    loop.schedule(
        () -> {
          if (!asked) {
            socket.close(Optional.of("no request within " + limits.firstRequest()));
          }
        },
        limits.firstRequest());
  }

  /** Who is at the other end. */
  public PeerCredentials credentials() {
    return credentials;
  }

  /** Tells the peer that something happened. */
  public void send(WireEvent event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(128 + event.data().length());
    ascii(out, "{\"event\":");
    RawJson.of(Json.of(event.name())).appendTo(out);
    ascii(out, ",\"data\":");
    event.data().appendTo(out);
    ascii(
        out,
        ",\"timestamp\":{\"seconds\":"
            + event.seconds()
            + ",\"microseconds\":"
            + event.micros()
            + "}}\n");
    send(out.toByteArray());
  }

  /** Closes the connection once what the peer was told has been sent. */
  @Override
  public void close() {
    try {
      loop.execute(socket::closeWhenDrained);
    } catch (WireException.Disconnected _) {
      // The loop has ended, and every socket with it.
    }
  }

  @Override
  public String toString() {
    return "peer of pid " + credentials.pid();
  }

  void answer(@Nullable RawJson id, String member, RawJson value) {
    byte[] line = line(member, value, id);
    loop.execute(
        () -> {
          write(line);
          served();
        });
  }

  /** Answers and lets the connection go on as a stream. */
  ByteStream handOver(@Nullable RawJson id, RawJson value) throws InterruptedException {
    byte[] line = line("return", value, id);
    CompletableFuture<ByteStream> stream = new CompletableFuture<>();
    loop.execute(
        () -> {
          if (ended || handoff != null) {
            stream.completeExceptionally(new WireException.Disconnected(this + " has gone"));
            return;
          }
          write(line);
          StreamHandoff h = new StreamHandoff(loop, socket);
          handoff = h;
          byte[] early = decoder.remainder();
          h.begin(early, 0, early.length);
          h.begin(backlog, 0, backlog.length);
          backlog = NOTHING;
          socket.reading(true);
          end();
          stream.complete(h.stream());
        });
    return Waiting.await(stream, limits.firstRequest(), "a stream to " + this);
  }

  private void send(byte[] line) {
    if (loop.inLoop()) {
      write(line);
    } else {
      loop.execute(() -> write(line));
    }
  }

  private void write(byte[] line) {
    if (handoff == null) {
      socket.write(line, List.of());
    }
  }

  private static byte[] line(String member, RawJson value, @Nullable RawJson id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(32 + value.length());
    ascii(out, "{\"" + member + "\":");
    value.appendTo(out);
    if (id != null) {
      ascii(out, ",\"id\":");
      id.appendTo(out);
    }
    ascii(out, "}\n");
    return out.toByteArray();
  }

  private static void ascii(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void served() {
    serving--;
    if (handoff == null && !socket.isClosed()) {
      byte[] again = backlog;
      incoming.received(again, again.length, backlogDescriptors);
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      descriptors.forEach(OwnedFd::close);
      descriptors.clear();
      backlogDescriptors.forEach(OwnedFd::close);
      backlogDescriptors = List.of();
      service.closed(this);
      gone.accept(this);
    }
  }

  /** What comes out of the socket. */
  private final class Incoming implements StreamSocket.Owner, LineDecoder.Lines {
    /**
     * Bytes sent before a message with descriptors may come out of the kernel together with it, but
     * none sent after: the descriptors belong to the last line that begins here.
     */
    @Override
    public void received(byte[] bytes, int length, List<OwnedFd> came) {
      int boundary = came.isEmpty() ? length : startOfLastLine(bytes, length);
      List<OwnedFd> left = came;
      int read = decoder.decode(bytes, 0, boundary, this);
      if (read == boundary && !isBusy()) {
        descriptors.addAll(came);
        left = List.of();
        read = decoder.decode(bytes, boundary, length, this);
      }
      if (descriptors.size() > SocketBuffers.MOST_DESCRIPTORS) {
        socket.close(Optional.of("too many descriptors without a request"));
      }
      boolean later = read < length || isBusy();
      backlog = later ? Arrays.copyOfRange(bytes, read, length) : NOTHING;
      backlogDescriptors = left;
      socket.reading(!later);
    }

    private static int startOfLastLine(byte[] bytes, int length) {
      int start = length - 1;
      while (start > 0 && bytes[start - 1] != '\n') {
        start--;
      }
      return start;
    }

    private boolean isBusy() {
      return serving >= limits.requests();
    }

    @Override
    public boolean line(byte[] line) {
      asked = true;
      switch (WireMessage.read(line)) {
        case WireMessage.Requested r -> start(r);
        case WireMessage.Returned _,
            WireMessage.Failed _,
            WireMessage.Happened _,
            WireMessage.Greeting _ ->
            refuse("this end serves commands");
        case WireMessage.Strange s -> refuse(s.why());
      }
      return !isBusy() && !socket.isClosed();
    }

    private void refuse(String why) {
      Json error = Json.object().with("class", "GenericError").with("desc", why).build();
      write(WirePeer.line("error", RawJson.of(error), null));
    }

    private void start(WireMessage.Requested r) {
      WireRequest request = new WireRequest(WirePeer.this, r, List.copyOf(descriptors));
      descriptors.clear();
      serving++;
      Thread.ofVirtual().name(r.name()).start(() -> run(request));
    }

    private void run(WireRequest request) {
      try {
        service.serve(request);
        request.failUnlessAnswered("nothing was answered");
      } catch (WireException.Disconnected _) {
        // The peer has gone; nobody waits for the answer.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        request.failUnlessAnswered("interrupted");
      } catch (RuntimeException e) {
        LOG.atError().addKeyValue("request", request.name()).setCause(e).log("request failed");
        request.failUnlessAnswered("internal error: " + e.getClass().getSimpleName());
      }
    }

    @Override
    public void tooLong() {
      socket.close(Optional.of("peer sent a line of more than " + limits.frameLimit() + " bytes"));
    }

    @Override
    public void drained() {}

    @Override
    public void closed(Optional<String> reason) {
      end();
    }
  }
}
