package dev.barevirt.agent.stream;

import dev.barevirt.agent.vmi.GuestCallException;
import dev.barevirt.agent.vmi.GuestLink;
import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.api.v1.status.GuestOsInfo;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Executes the verbs that are no streams, and puts what the guest's agent says into API form. */
final class GuestCommands {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** File systems may have much to write before they stand still. */
  private static final Duration FREEZE = Duration.ofSeconds(60);

  private GuestCommands() {}

  /** What the guest's agent tells. */
  record GuestInfo(
      @Nullable String guestAgentVersion,
      @Nullable String hostname,
      @Nullable GuestOsInfo os,
      @Nullable String timezone,
      List<User> userList,
      Disks fsInfo,
      @Nullable String fsFreezeStatus) {}

  /** Somebody who is logged in. */
  record User(String userName, @Nullable String domain, @Nullable Double loginTime) {}

  /** A mounted file system. */
  record Filesystem(
      String diskName,
      String mountPoint,
      String fileSystemType,
      @Nullable Long usedBytes,
      @Nullable Long totalBytes) {}

  /** All mounted file systems, as part of all that is told. */
  record Disks(List<Filesystem> disks) {}

  /**
   * Executes a verb.
   *
   * @param thawAfterSeconds for a freeze, after how long the guest is thawed; never when absent
   */
  static AgentAnswer execute(AgentPath.Verb verb, GuestLink link, @Nullable Long thawAfterSeconds)
      throws InterruptedException {
    return switch (verb) {
      case PAUSE -> done(link, new LauncherCommand.Pause());
      case UNPAUSE -> done(link, new LauncherCommand.Resume());
      case RESET -> done(link, new LauncherCommand.Reset());
      case SOFTREBOOT -> done(link, new LauncherCommand.SoftReboot());
      case FREEZE -> {
        var _ = link.call(new LauncherCommand.AgentFreeze(thawAfterSeconds), FREEZE);
        yield AgentAnswer.DONE;
      }
      case UNFREEZE -> {
        var _ = link.call(new LauncherCommand.AgentThaw(), FREEZE);
        yield AgentAnswer.DONE;
      }
      case GUESTOSINFO -> AgentAnswer.of(info(told(link)));
      case USERLIST -> AgentAnswer.ofList(users(told(link)));
      case FILESYSTEMLIST -> AgentAnswer.ofList(filesystems(told(link)));
      case CONSOLE, VNC, USBREDIR, SCREENSHOT ->
          throw new IllegalArgumentException(verb + " is answered with bytes");
    };
  }

  private static AgentAnswer done(GuestLink link, LauncherCommand<LauncherCommand.Done> command)
      throws InterruptedException {
    var _ = link.call(command, ANSWER);
    return AgentAnswer.DONE;
  }

  private static AgentReport told(GuestLink link) throws InterruptedException {
    AgentReport report = link.call(new LauncherCommand.AgentInfo(), ANSWER);
    if (!report.connected()) {
      throw new GuestCallException(
          LauncherFault.CONFLICT, "VMI does not have guest agent connected");
    }
    return report;
  }

  private static GuestInfo info(AgentReport report) {
    AgentReport.Os os = report.os();
    return new GuestInfo(
        report.version(),
        report.hostname(),
        os == null
            ? null
            : new GuestOsInfo(
                os.name(),
                os.kernelRelease(),
                os.version(),
                os.name(),
                os.versionId(),
                os.kernelVersion(),
                os.machine(),
                os.id()),
        report.timezone(),
        users(report),
        new Disks(filesystems(report)),
        report.frozen() ? "frozen" : "thawed");
  }

  private static List<User> users(AgentReport report) {
    return report.users().stream()
        .map(user -> new User(user.name(), user.domain(), user.loginTime()))
        .toList();
  }

  private static List<Filesystem> filesystems(AgentReport report) {
    return report.filesystems().stream()
        .map(
            one ->
                new Filesystem(
                    one.name(), one.mountpoint(), one.type(), one.usedBytes(), one.totalBytes()))
        .toList();
  }
}
