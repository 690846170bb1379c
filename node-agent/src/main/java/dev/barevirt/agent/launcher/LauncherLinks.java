package dev.barevirt.agent.launcher;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.api.launcher.LauncherHello;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.PeerProcess;
import dev.barevirt.qmp.wire.UnixSockets;
import dev.barevirt.qmp.wire.WireConnection;
import dev.barevirt.qmp.wire.WireDoor;
import dev.barevirt.qmp.wire.WireEvent;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireListener;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for the launchers of this node. Whoever connects is looked up by the kernel's word; then
 * one line has to say what the connection is for. Whatever does not fit into the limits, is from no
 * pod or does not come in time is closed without an answer.
 */
public final class LauncherLinks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LauncherLinks.class);
  private static final int BACKLOG = 256;
  private static final int MOST_STRANGERS = 64;
  private static final int LONGEST_HELLO = 512;

  private final WireLoop loop;
  private final PodIdentity identity;
  private final LinkListener listener;
  private final Duration patience;
  private final Herald herald = new Herald();
  private final Semaphore strangers = new Semaphore(MOST_STRANGERS);
  private final Map<String, PodVisits> pods = new ConcurrentHashMap<>();
  private final Map<String, LauncherLink> links = new ConcurrentHashMap<>();
  private final Map<Visit, Boolean> visits = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final WireDoor door;

  /**
   * Binds the socket, in place of one that an earlier agent left, and begins to accept.
   *
   * @param socket a path in a directory that only the agent may write; everybody may connect
   */
  public LauncherLinks(WireLoop loop, Path socket, PodIdentity identity, LinkListener listener) {
    this(loop, socket, identity, listener, Duration.ofSeconds(5));
  }

  /**
   * The same with another patience.
   *
   * @param patience how long a connection may take to say what it is for
   */
  LauncherLinks(
      WireLoop loop, Path socket, PodIdentity identity, LinkListener listener, Duration patience) {
    this.loop = loop;
    this.identity = identity;
    this.listener = listener;
    this.patience = patience;
    this.door = WireDoor.open(loop, bind(socket), this::arrived);
  }

  /** The link of the launcher in a pod, when it is connected. */
  public Optional<LauncherLink> link(String podUid) {
    return Optional.ofNullable(links.get(podUid));
  }

  /** Stops listening and closes all connections; nothing is told any more. */
  @Override
  public void close() {
    closed.set(true);
    door.close();
    visits.keySet().forEach(Visit::close);
    herald.close();
  }

  /** Binds beside the place and moves there, so that launchers find the one or the other. */
  private static OwnedFd bind(Path socket) {
    Path fresh = socket.resolveSibling("." + socket.getFileName());
    try {
      Files.deleteIfExists(fresh);
      OwnedFd listening = UnixSockets.listen(fresh, BACKLOG);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-rw-rw-"));
      Files.move(fresh, socket, StandardCopyOption.ATOMIC_MOVE);
      return listening;
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot bind the launchers' socket " + socket, refused);
    }
  }

  /** On the loop. */
  private void arrived(OwnedFd socket) {
    if (!strangers.tryAcquire()) {
      LOG.atDebug().log("closed a connection: {} others have not been met yet", MOST_STRANGERS);
      socket.close();
      return;
    }
    Thread.ofVirtual().name("launcher-visit").start(() -> meetStranger(socket));
  }

  private void meetStranger(OwnedFd socket) {
    Optional<Visit> met;
    try {
      met = identify(socket).flatMap(pod -> enter(pod, socket));
    } finally {
      strangers.release();
    }
    if (met.isEmpty()) {
      socket.close();
      return;
    }
    try {
      met.get().meet();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<String> identify(OwnedFd socket) {
    try (PeerProcess process = PeerProcess.of(socket)) {
      int pid = process.credentials().pid();
      Optional<String> pod = identity.podUidOf(pid).filter(_ -> process.isAlive());
      if (pod.isEmpty()) {
        LOG.atWarn()
            .addKeyValue("peer", process.credentials())
            .log("closed a connection of a process that is in no pod");
      }
      return pod;
    } catch (WireException.Unreachable gone) {
      LOG.atDebug().log("closed a connection: {}", gone.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Visit> enter(String pod, OwnedFd socket) {
    boolean[] entered = new boolean[1];
    PodVisits open =
        pods.compute(
            pod,
            (_, known) -> {
              PodVisits here = known == null ? new PodVisits() : known;
              entered[0] = here.enter();
              return here;
            });
    if (!entered[0]) {
      LOG.atDebug().addKeyValue("pod", pod).log("closed a connection: the pod has too many");
      return Optional.empty();
    }
    Visit visit = new Visit(pod, open);
    visits.put(visit, true);
    return Optional.of(visit.over(socket));
  }

  private void leave(Visit visit) {
    visits.remove(visit);
    pods.computeIfPresent(visit.pod, (_, open) -> open.leave() ? null : open);
  }

  /** One connection of a known pod, from its first byte to its last. */
  private final class Visit implements WireListener {
    private final String pod;
    private final PodVisits open;
    private final CompletableFuture<LauncherHello.Purpose> purpose = new CompletableFuture<>();
    private volatile @Nullable WireConnection connection; // set before anything is told
    private volatile @Nullable LauncherLink link; // set once it is a control connection
    private volatile @Nullable ByteStream stream; // set once it is a stream
    private boolean streaming; // on the loop

    Visit(String pod, PodVisits open) {
      this.pod = pod;
      this.open = open;
    }

    Visit over(OwnedFd socket) {
      connection = WireConnection.over(loop, socket, WireSettings.rpc(), this);
      if (closed.get()) {
        close();
      }
      return this;
    }

    /** Waits for the first line and does what it asks for. */
    void meet() throws InterruptedException {
      try {
        LauncherHello.Purpose asked = purpose.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        LauncherLink control = link;
        if (asked == LauncherHello.Purpose.CONTROL && control != null) {
          begin(control);
        }
      } catch (TimeoutException | ExecutionException silent) {
        LOG.atWarn()
            .addKeyValue("pod", pod)
            .log("closed a connection that did not say its purpose");
        close();
      } catch (LinkException refused) {
        LOG.atWarn().addKeyValue("pod", pod).log("closed a connection: {}", refused.getMessage());
        close();
      }
    }

    private void begin(LauncherLink control) throws InterruptedException {
      GuestReport first = control.subscribe(patience);
      herald.tell(() -> announce(control, first));
    }

    /** The newest connection of a pod is its launcher's; the one before has gone, or will. */
    private void announce(LauncherLink control, GuestReport first) {
      boolean _ = control.learn(first); // unless a later one came in first
      if (closed.get() || !visits.containsKey(this)) {
        return;
      }
      LauncherLink before = links.put(pod, control);
      if (before != null) {
        before.close();
        listener.disconnected(before);
      }
      listener.connected(control);
      control.lastReport().ifPresent(report -> tell(control, report));
    }

    private void tell(LauncherLink control, GuestReport report) {
      if (links.get(pod) != control || closed.get()) {
        return;
      }
      listener.reported(control, report);
      if (report.phase().isFinal()) {
        control.acknowledge(report.sequence());
      }
    }

    @Override
    public void event(WireConnection from, WireEvent event) {
      LauncherLink control = link;
      if (control != null) {
        report(control, event);
      } else if (event.name().equals(LauncherHello.NAME)) {
        hello(from, event);
      } else {
        refuse(from);
      }
    }

    private void report(LauncherLink control, WireEvent event) {
      boolean isReport = event.name().equals(LauncherEvent.ReportChanged.NAME);
      if (isReport && control.keep(event.data())) {
        herald.tell(() -> control.next().ifPresent(report -> tell(control, report)));
      }
    }

    private void hello(WireConnection from, WireEvent event) {
      Optional<LauncherHello> said = read(event);
      if (said.isEmpty()) {
        refuse(from);
        return;
      }
      switch (said.get().purpose()) {
        case CONTROL -> {
          link = new LauncherLink(pod, from, identity, open.streams());
          purpose.complete(LauncherHello.Purpose.CONTROL);
        }
        case STREAM -> becomeStream(from, said.get().token());
      }
    }

    private Optional<LauncherHello> read(WireEvent event) {
      if (event.data().length() > LONGEST_HELLO) {
        return Optional.empty();
      }
      return switch (RecordReader.LENIENT.read(LauncherHello.class, event.data().bytes())) {
        case Reading.Accepted<LauncherHello> accepted ->
            Optional.of(accepted.value()).filter(Visit::isPurposeful);
        case Reading.Refused<LauncherHello> _ -> Optional.empty();
      };
    }

    @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
    private static boolean isPurposeful(LauncherHello hello) {
      return hello.purpose() != null;
    }

    private void becomeStream(WireConnection from, @Nullable String token) {
      Optional<CompletableFuture<ByteStream>> asked =
          token == null ? Optional.empty() : open.streams().claim(token);
      if (asked.isEmpty()) {
        LOG.atWarn().addKeyValue("pod", pod).log("closed a stream that nobody asked for");
        refuse(from);
        return;
      }
      streaming = true;
      ByteStream raw = from.becomeStream();
      stream = raw;
      raw.closed().whenComplete((_, _) -> leave(this));
      purpose.complete(LauncherHello.Purpose.STREAM);
      if (!asked.get().complete(raw)) {
        raw.close();
      }
    }

    private void refuse(WireConnection from) {
      purpose.completeExceptionally(new WireException.Malformed("no purpose"));
      from.close();
    }

    @Override
    public void closed(WireException.Disconnected cause) {
      if (!streaming) { // a stream leaves when its bytes end
        boolean _ = purpose.completeExceptionally(cause);
        leave(this);
      }
      LauncherLink control = link;
      if (control != null) {
        herald.tell(() -> gone(control));
      }
    }

    private void gone(LauncherLink control) {
      if (links.remove(pod, control) && !closed.get()) {
        listener.disconnected(control);
      }
    }

    void close() {
      ByteStream raw = stream;
      WireConnection whole = connection;
      if (raw != null) {
        raw.close();
      } else if (whole != null) {
        whole.close();
      }
    }
  }
}
