package dev.barevirt.agent.stream;

import dev.barevirt.agent.vmi.GuestCallException;
import dev.barevirt.agent.vmi.GuestLink;
import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.UnixSockets;
import dev.barevirt.qmp.wire.WireLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A launcher that does what it is asked, and whose streams end in the test's hands. */
final class FakeGuest implements GuestLink {
  private final WireLoop loop;
  private final List<String> executed = new CopyOnWriteArrayList<>();
  private final BlockingQueue<ByteStream> ends = new LinkedBlockingQueue<>();
  private AgentReport agent = AgentReport.ABSENT;
  private volatile @Nullable GuestCallException streams;

  FakeGuest(WireLoop loop) {
    this.loop = loop;
  }

  void tells(AgentReport report) {
    agent = report;
  }

  void refusesStreams(LauncherFault fault, String message) {
    streams = new GuestCallException(fault, message);
  }

  List<String> executed() {
    return List.copyOf(executed);
  }

  /** The guest's end of the next stream. */
  ByteStream end() throws InterruptedException {
    return ends.take();
  }

  @Override
  public String podUid() {
    return "pod";
  }

  @Override
  public <R extends Record> R call(LauncherCommand<R> command, Duration deadline) {
    executed.add(
        command instanceof LauncherCommand.AgentFreeze(Long thawAfter) && thawAfter != null
            ? command.wireName() + " " + thawAfter
            : command.wireName());
    if (command instanceof LauncherCommand.Reset) {
      throw new GuestCallException(LauncherFault.CONFLICT, "the guest does not run");
    }
    Record answer =
        switch (command) {
          case LauncherCommand.AgentInfo _ -> agent;
          case LauncherCommand.AgentFreeze _ -> new LauncherCommand.AgentFreeze.Frozen(1);
          case LauncherCommand<?> _ -> new LauncherCommand.Done();
        };
    return command.replyType().cast(answer);
  }

  @Override
  public void passDescriptors(Map<String, OwnedFd> named, Duration deadline) {
    named.values().forEach(OwnedFd::close);
  }

  @Override
  public ByteStream openStream(LauncherCommand.OpenStream.Stream stream, Duration deadline) {
    GuestCallException refused = streams;
    if (refused != null) {
      throw refused;
    }
    UnixSockets.Pair pair = UnixSockets.pair();
    ends.add(ByteStream.over(loop, pair.there()));
    return ByteStream.over(loop, pair.here());
  }
}
