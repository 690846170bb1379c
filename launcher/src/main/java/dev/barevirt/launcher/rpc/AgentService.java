package dev.barevirt.launcher.rpc;

import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherCommand.DialStream;
import dev.barevirt.api.launcher.LauncherCommand.OpenStream;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.api.launcher.LauncherHello;
import dev.barevirt.launcher.guest.GuestController;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.os.DescriptorShelf;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.WireEvent;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WirePeer;
import dev.barevirt.qmp.wire.WireRequest;
import dev.barevirt.qmp.wire.WireService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Serves the contract to the node's agent, over connections that this launcher dials. */
public final class AgentService implements WireService {
  private final WireLoop loop;
  private final Path agent;
  private final CommandRunner runner;
  private final StreamOpener streams;
  private final DescriptorShelf shelf;
  private final GuestAttendant attendant;
  private final Subscribers subscribers;
  private final Answers answers = new Answers();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition acknowledging = lock.newCondition();
  private long acknowledged = -1; // guarded by the lock

  /**
   * A service of one guest.
   *
   * @param agent the socket that streams are dialled at
   * @param shelf where open files go that the agent hands over
   */
  public AgentService(
      WireLoop loop,
      Path agent,
      GuestController guest,
      StreamOpener streams,
      DescriptorShelf shelf,
      GuestAttendant attendant) {
    this.loop = loop;
    this.agent = agent;
    this.runner = new CommandRunner(guest);
    this.streams = streams;
    this.shelf = shelf;
    this.attendant = attendant;
    this.subscribers = new Subscribers(guest);
  }

  /** Waits until the agent has kept a report, but not for ever. */
  public boolean awaitAcknowledged(long sequence, Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (acknowledged < sequence && left > 0) {
        left = acknowledging.awaitNanos(left);
      }
      return acknowledged >= sequence;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything asked has been answered, but not for ever. */
  public void awaitAnswered(Duration limit) throws InterruptedException {
    answers.awaitGiven(limit);
  }

  @Override
  public void opened(WirePeer peer) {
    RawJson hello = Contract.json(LauncherHello.control());
    peer.send(WireEvent.of(LauncherHello.NAME, hello, Instant.now()));
  }

  @Override
  public void serve(WireRequest request) throws InterruptedException {
    answers.give(request, this::answer);
  }

  @Override
  public void closed(WirePeer peer) {
    subscribers.leave(peer);
  }

  private void answer(WireRequest request, LauncherCommand<?> command) throws InterruptedException {
    switch (command) {
      case LauncherCommand.Subscribe _ -> subscribers.join(request);
      case LauncherCommand.Sync sync -> sync(request, attendant.resolve(sync.request()));
      case LauncherCommand.Replug replug -> {
        GuestRequest wanted = attendant.resolve(replug.request());
        attendant.before(wanted);
        request.reply(Contract.json(runner.run(new LauncherCommand.Replug(wanted))));
      }
      case DialStream dial ->
          streams.open(
              new OpenStream(dial.stream(), dial.replay(), dial.readOnly()),
              () -> dial(dial.token(), request));
      case LauncherCommand.TakeDescriptors take -> {
        take(take.names(), request.descriptors());
        request.reply();
      }
      case LauncherCommand.Acknowledge told -> {
        acknowledge(told.sequence());
        request.reply();
      }
      case OpenStream _ ->
          throw new GuestException(
              LauncherFault.UNSUPPORTED,
              "open-stream is for launchers that listen, and this one dials");
      case LauncherCommand<?> other -> request.reply(Contract.json(runner.run(other)));
    }
  }

  private void sync(WireRequest request, GuestRequest wanted) throws InterruptedException {
    attendant.before(wanted);
    Record report = runner.run(new LauncherCommand.Sync(wanted));
    request.reply(Contract.json(report));
    attendant.after(wanted);
  }

  /** Says which stream it is; everything after that line is the stream's. */
  private ByteStream dial(String token, WireRequest request) throws InterruptedException {
    ByteStream stream = ByteStream.connect(loop, agent);
    String hello =
        "{\"event\":\""
            + LauncherHello.NAME
            + "\",\"data\":"
            + RecordWriter.toJson(LauncherHello.stream(token))
            + "}\n";
    byte[] line = hello.getBytes(StandardCharsets.UTF_8);
    stream.write(line, 0, line.length);
    request.reply();
    return stream;
  }

  private void take(List<String> names, List<OwnedFd> files) {
    if (names.size() != files.size()) {
      files.forEach(OwnedFd::close);
      throw new GuestException(
          LauncherFault.BAD_REQUEST,
          "%d descriptors came for %d names".formatted(files.size(), names.size()));
    }
    for (int i = 0; i < names.size(); i++) {
      shelf.put(names.get(i), files.get(i));
    }
  }

  private void acknowledge(long sequence) {
    lock.lock();
    try {
      acknowledged = Math.max(acknowledged, sequence);
      acknowledging.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
