package dev.barevirt.agent.vmi;

import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.OwnedFd;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Launchers that remember what they were asked and report what a test wants. */
final class FakeLaunchers implements GuestLinks {
  private final Map<String, GuestReport> reports = new ConcurrentHashMap<>();
  private final List<String> executed = new CopyOnWriteArrayList<>();
  private final Map<String, LauncherFault> refusals = new ConcurrentHashMap<>();

  /** The launcher in a pod says how its guest is. */
  void report(String podUid, GuestReport report) {
    reports.put(podUid, report);
  }

  /** The next commands of this name are refused. */
  void refuse(String command, LauncherFault fault) {
    refusals.put(command, fault);
  }

  List<String> executed() {
    return List.copyOf(executed);
  }

  @Override
  public Optional<GuestLink> of(String podUid) {
    return reports.containsKey(podUid) ? Optional.of(new Link(podUid)) : Optional.empty();
  }

  @Override
  public Optional<GuestReport> lastReport(String podUid) {
    return Optional.ofNullable(reports.get(podUid));
  }

  @Override
  public void forget(String podUid) {
    reports.remove(podUid);
  }

  private final class Link implements GuestLink {
    private final String podUid;

    Link(String podUid) {
      this.podUid = podUid;
    }

    @Override
    public String podUid() {
      return podUid;
    }

    @Override
    public <R extends Record> R call(LauncherCommand<R> command, Duration deadline) {
      executed.add(command.wireName());
      LauncherFault fault = refusals.get(command.wireName());
      if (fault != null) {
        throw new GuestCallException(fault, "spec.domain.devices.tpm: not here");
      }
      Record answer =
          command instanceof LauncherCommand.Sync
              ? lastReport(podUid).orElseThrow()
              : new LauncherCommand.Done();
      return command.replyType().cast(answer);
    }

    @Override
    public void passDescriptors(Map<String, OwnedFd> named, Duration deadline) {
      named.values().forEach(OwnedFd::close);
    }

    @Override
    public ByteStream openStream(LauncherCommand.OpenStream.Stream stream, Duration deadline) {
      throw new GuestCallException(LauncherFault.UNSUPPORTED, "no streams here");
    }
  }
}
