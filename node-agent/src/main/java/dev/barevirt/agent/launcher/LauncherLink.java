package dev.barevirt.agent.launcher;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherCommand.DialStream;
import dev.barevirt.api.launcher.LauncherCommand.OpenStream;
import dev.barevirt.api.launcher.LauncherCommand.TakeDescriptors;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.WireCommand;
import dev.barevirt.qmp.wire.WireConnection;
import dev.barevirt.qmp.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the launcher in one pod. Which pod that is was found out about the process that
 * connected. Everything it says is read with limits and believed about its own guest only.
 */
public final class LauncherLink {
  private static final Logger LOG = LoggerFactory.getLogger(LauncherLink.class);

  /** A message carries up to 28; every descriptor of a usual guest fits into one. */
  private static final int DESCRIPTORS_A_MESSAGE = 16;

  private final String podUid;
  private final WireConnection connection;
  private final PodIdentity identity;
  private final StreamTokens streams;
  private final AtomicReference<@Nullable RawJson> untold = new AtomicReference<>();
  private volatile @Nullable GuestReport last; // none before the first; written by the herald

  LauncherLink(
      String podUid, WireConnection connection, PodIdentity identity, StreamTokens streams) {
    this.podUid = podUid;
    this.connection = connection;
    this.identity = identity;
    this.streams = streams;
  }

  /** The UID of the pod that the launcher runs in. */
  public String podUid() {
    return podUid;
  }

  /** The newest report over this link; there is one from the moment it is told of. */
  public Optional<GuestReport> lastReport() {
    return Optional.ofNullable(last);
  }

  /**
   * Asks the launcher for something and waits for its answer.
   *
   * @throws LinkException when that did not happen
   */
  public <R extends Record> R call(LauncherCommand<R> command, Duration deadline)
      throws InterruptedException {
    return call(command, List.of(), deadline);
  }

  /**
   * Opens one of the guest's streams, over a connection that the launcher dials for it.
   *
   * @throws LinkException when there is none
   */
  public ByteStream openStream(OpenStream.Stream stream, Duration deadline)
      throws InterruptedException {
    StreamTokens.Expected expected = streams.expect();
    try {
      call(new DialStream(stream, false, false, expected.token()), deadline);
      return expected.stream().get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new LinkException.Late(this + " dialled no stream for " + stream);
    } catch (ExecutionException defect) {
      throw new IllegalStateException("a stream failed before it was one", defect);
    } finally {
      abandon(expected);
    }
  }

  /** A stream that nobody waits for any more is closed when it comes after all. */
  private void abandon(StreamTokens.Expected expected) {
    streams.forget(expected);
    expected.stream().cancel(false);
  }

  /**
   * Hands open files over, whose names a later request tells. Takes them, whatever comes of it.
   *
   * @throws LinkException when they did not arrive
   */
  public void passDescriptors(Map<String, OwnedFd> named, Duration deadline)
      throws InterruptedException {
    List<String> names = List.copyOf(named.keySet());
    List<OwnedFd> left = new ArrayList<>();
    names.forEach(name -> left.add(named.get(name)));
    try {
      for (int from = 0; from < names.size(); from += DESCRIPTORS_A_MESSAGE) {
        int count = Math.min(DESCRIPTORS_A_MESSAGE, names.size() - from);
        List<OwnedFd> sent = List.copyOf(left.subList(0, count));
        left.subList(0, count).clear();
        call(new TakeDescriptors(names.subList(from, from + count)), sent, deadline);
      }
    } finally {
      left.forEach(OwnedFd::close);
    }
  }

  @Override
  public String toString() {
    return "launcher of pod " + podUid;
  }

  private <R extends Record> R call(
      LauncherCommand<R> command, List<OwnedFd> descriptors, Duration deadline)
      throws InterruptedException {
    String name = command.wireName();
    RawJson arguments = RawJson.of(RecordWriter.toJson((Record) command));
    try {
      WireCommand sent = WireCommand.of(name, arguments).with(descriptors);
      return read(name, command.replyType(), connection.call(sent, deadline));
    } catch (WireException.Refused refused) {
      throw new LinkException.Refused(fault(refused.errorClass()), refused.description());
    } catch (WireException.TimedOut late) {
      throw new LinkException.Late(this + " did not answer " + name + " within " + deadline);
    } catch (WireException lost) {
      throw new LinkException.Lost(this + " was lost during " + name, lost);
    }
  }

  private <R extends Record> R read(String name, Class<R> type, RawJson reply) {
    return switch (RecordReader.LENIENT.read(type, reply.bytes())) {
      case Reading.Accepted<R> accepted -> accepted.value();
      case Reading.Refused<R> refused ->
          throw new WireException.Malformed(
              name + " got an answer that is none: " + sentences(refused.violations()));
    };
  }

  private static LauncherFault fault(String errorClass) {
    return Arrays.stream(LauncherFault.values())
        .filter(fault -> fault.name().equals(errorClass))
        .findFirst()
        .orElse(LauncherFault.FAILED);
  }

  private static String sentences(List<Violation> violations) {
    return violations.stream().limit(3).map(Violation::sentence).collect(Collectors.joining("; "));
  }

  /** Asks for the present report, and for all later ones to be told. */
  GuestReport subscribe(Duration deadline) throws InterruptedException {
    GuestReport first = call(new LauncherCommand.Subscribe(), deadline);
    if (!isWhole(first) || !isOwn(first)) {
      throw new LinkException.Refused(
          LauncherFault.FAILED, this + " does not report about its own guest");
    }
    return first;
  }

  /** Takes a report, unless it is no newer than the last; called by the herald only. */
  boolean learn(GuestReport report) {
    GuestReport before = last;
    if (before != null && report.sequence() <= before.sequence()) {
      return false;
    }
    last = report;
    return true;
  }

  /**
   * Keeps a report until it is told.
   *
   * @return whether none was waiting, so that somebody has to be woken
   */
  boolean keep(RawJson event) {
    return untold.getAndSet(event) == null;
  }

  /** The report that waits, when it is newer than the last and about this launcher's own guest. */
  Optional<GuestReport> next() {
    RawJson event = untold.getAndSet(null);
    if (event == null) {
      return Optional.empty();
    }
    return switch (RecordReader.LENIENT.read(LauncherEvent.ReportChanged.class, event.bytes())) {
      case Reading.Accepted<LauncherEvent.ReportChanged> accepted ->
          taken(accepted.value().report());
      case Reading.Refused<LauncherEvent.ReportChanged> refused -> {
        LOG.atWarn()
            .addKeyValue("pod", podUid)
            .log("a report that is none: {}", sentences(refused.violations()));
        yield Optional.empty();
      }
    };
  }

  private Optional<GuestReport> taken(@Nullable GuestReport report) {
    return report != null && isWhole(report) && isOwn(report) && learn(report)
        ? Optional.of(report)
        : Optional.empty();
  }

  @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
  private static boolean isWhole(GuestReport report) {
    return report.phase() != null;
  }

  /** A launcher tells of its own guest; the name it gives is compared, never used. */
  private boolean isOwn(GuestReport report) {
    Optional<GuestName> own = identity.guestOf(podUid);
    if (own.isEmpty() || report.name() == null) {
      return true;
    }
    GuestName told = new GuestName(String.valueOf(report.namespace()), report.name());
    if (!told.equals(own.get())) {
      LOG.atWarn()
          .addKeyValue("pod", podUid)
          .addKeyValue("guest", own.get())
          .log("dropped a report about another guest");
      return false;
    }
    return true;
  }

  /** Tells the launcher that a report is kept here. */
  void acknowledge(long sequence) {
    LauncherCommand.Acknowledge told = new LauncherCommand.Acknowledge(sequence);
    try {
      var _ =
          connection.submit(WireCommand.of(told.wireName(), RawJson.of(RecordWriter.toJson(told))));
    } catch (WireException.Disconnected gone) {
      LOG.atDebug().addKeyValue("pod", podUid).log("gone before it was acknowledged");
    }
  }

  void close() {
    connection.close();
  }
}
