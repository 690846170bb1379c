package dev.barevirt.agent.launcher;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.api.launcher.LauncherHello;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.UnixSockets;
import dev.barevirt.qmp.wire.WireEvent;
import dev.barevirt.qmp.wire.WireLimits;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WirePeer;
import dev.barevirt.qmp.wire.WireRequest;
import dev.barevirt.qmp.wire.WireService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A launcher without a guest, in this process: it dials like a real one, remembers what it is
 * asked, and reports what a test wants. A sync makes its guest run, a shutdown or kill makes it
 * end; a console echoes.
 */
public final class FakeLauncher implements WireService, AutoCloseable {
  private final WireLoop loop;
  private final Path socket;
  private final BlockingQueue<LauncherCommand<?>> asked = new LinkedBlockingQueue<>();
  private final Map<String, OwnedFd> descriptors = new ConcurrentHashMap<>();
  private final Map<String, GuestFailure> refusals = new ConcurrentHashMap<>();
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile @Nullable WirePeer agent;
  private volatile @Nullable String namespace;
  private volatile @Nullable String name;
  private volatile boolean silent;
  private volatile GuestReport report;

  private record GuestFailure(LauncherFault fault, String message) {}

  private FakeLauncher(WireLoop loop, Path socket) {
    this.loop = loop;
    this.socket = socket;
    this.report = report(0, GuestPhase.IDLE, null, null, null);
  }

  /** Dials an agent. */
  public static FakeLauncher dial(WireLoop loop, Path socket) {
    FakeLauncher made = new FakeLauncher(loop, socket);
    made.agent = WirePeer.serve(loop, UnixSockets.connect(socket), WireLimits.rpc(), made);
    return made;
  }

  /** A report of a guest. */
  public static GuestReport report(
      long sequence,
      GuestPhase phase,
      @Nullable GuestReason reason,
      @Nullable String namespace,
      @Nullable String name) {
    return new GuestReport(
        GuestReport.VERSION,
        sequence,
        namespace,
        name,
        phase,
        reason,
        null,
        "2026-11-01T00:00:00Z",
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        false,
        List.of());
  }

  /** What it was asked, in order, but for what a connection asks by itself. */
  public BlockingQueue<LauncherCommand<?>> asked() {
    return asked;
  }

  /** The open files that it was handed. */
  public Map<String, OwnedFd> descriptors() {
    return descriptors;
  }

  /** Refuses a command from now on. */
  public void refuse(String wireName, LauncherFault fault, String message) {
    refusals.put(wireName, new GuestFailure(fault, message));
  }

  /** Answers nothing from now on. */
  public void fallSilent() {
    silent = true;
  }

  /** Reports the next state of its guest. */
  public void become(GuestPhase phase, @Nullable GuestReason reason) {
    say(report(report.sequence() + 1, phase, reason, namespace, name));
  }

  /** Says a report as it is, whatever is in it. */
  public void say(GuestReport said) {
    report = said;
    event(
        LauncherEvent.ReportChanged.NAME,
        RawJson.of(RecordWriter.toJson(new LauncherEvent.ReportChanged(said))));
  }

  /** Says anything. */
  public void event(String called, RawJson data) {
    WirePeer to = agent;
    if (to != null) {
      to.send(WireEvent.of(called, data, Instant.EPOCH));
    }
  }

  /** Opens a stream that says a token. */
  public ByteStream dialStream(String token) throws InterruptedException {
    ByteStream stream = ByteStream.connect(loop, socket);
    String hello =
        "{\"event\":\"HELLO\",\"data\":" + RecordWriter.toJson(LauncherHello.stream(token)) + "}\n";
    byte[] line = hello.getBytes(StandardCharsets.UTF_8);
    stream.write(line, 0, line.length);
    return stream;
  }

  /** Down once the connection has ended. */
  public CountDownLatch gone() {
    return gone;
  }

  @Override
  public void opened(WirePeer peer) {
    peer.send(
        WireEvent.of(
            LauncherHello.NAME,
            RawJson.of(RecordWriter.toJson(LauncherHello.control())),
            Instant.EPOCH));
  }

  @Override
  public void serve(WireRequest request) throws InterruptedException {
    LauncherCommand<?> command = read(request);
    if (!(command instanceof LauncherCommand.Subscribe)) {
      asked.add(command);
    }
    if (silent) {
      gone.await();
      return;
    }
    GuestFailure refusal = refusals.get(request.name());
    if (refusal != null) {
      request.fail(refusal.fault().name(), refusal.message());
      return;
    }
    request.reply(RawJson.of(RecordWriter.toJson(perform(command, request))));
  }

  private Record perform(LauncherCommand<?> command, WireRequest request)
      throws InterruptedException {
    switch (command) {
      case LauncherCommand.Subscribe _, LauncherCommand.Report _, LauncherCommand.Replug _ -> {
        return report;
      }
      case LauncherCommand.Sync sync -> {
        namespace = sync.request().vmi().metadata().namespace();
        name = sync.request().vmi().metadata().name();
        if (!report.phase().isAlive()) {
          become(GuestPhase.RUNNING, null);
        }
        return report;
      }
      case LauncherCommand.Shutdown _ ->
          become(GuestPhase.SUCCEEDED, GuestReason.SHUTDOWN_REQUESTED);
      case LauncherCommand.Kill _ -> become(GuestPhase.FAILED, GuestReason.KILLED);
      case LauncherCommand.Pause _ -> become(GuestPhase.PAUSED, GuestReason.PAUSED_BY_USER);
      case LauncherCommand.Resume _ -> become(GuestPhase.RUNNING, null);
      case LauncherCommand.DialStream dial -> echo(dialStream(dial.token()));
      case LauncherCommand.TakeDescriptors take -> {
        for (int i = 0; i < take.names().size(); i++) {
          descriptors.put(take.names().get(i), request.descriptors().get(i));
        }
      }
      case LauncherCommand<?> _ -> {}
    }
    return new LauncherCommand.Done();
  }

  private static void echo(ByteStream stream) {
    Thread.ofVirtual()
        .start(
            () -> {
              byte[] piece = new byte[1024];
              try {
                for (int n = stream.read(piece); n >= 0; n = stream.read(piece)) {
                  stream.write(piece, 0, n);
                }
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static LauncherCommand<?> read(WireRequest request) {
    Class<? extends Record> kind =
        LauncherCommand.named(request.name()).orElseThrow().asSubclass(Record.class);
    return (LauncherCommand<?>)
        RecordReader.LENIENT.read(kind, request.arguments().bytes()).orThrow();
  }

  @Override
  public void closed(WirePeer peer) {
    gone.countDown();
  }

  @Override
  public void close() {
    WirePeer to = agent;
    if (to != null) {
      to.close();
    }
    descriptors.values().forEach(OwnedFd::close);
  }
}
