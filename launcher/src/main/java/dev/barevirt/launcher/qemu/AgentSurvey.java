package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.qmp.agent.AgentInfo;
import dev.barevirt.qmp.agent.Filesystem;
import dev.barevirt.qmp.agent.FreezeState;
import dev.barevirt.qmp.agent.GuestAgent;
import dev.barevirt.qmp.agent.GuestUser;
import dev.barevirt.qmp.agent.NetworkInterface;
import dev.barevirt.qmp.agent.OsInfo;
import dev.barevirt.qmp.wire.WireException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything an agent tells about its guest, asked for piece by piece: an agent that does not know
 * one thing may know the next. What a guest says is cut to size, for it is not to be trusted.
 */
final class AgentSurvey {
  private static final int MOST = 64;
  private static final int LONGEST = 256;

  private final GuestAgent agent;
  private final Duration patience;
  private boolean truncated;

  AgentSurvey(GuestAgent agent, Duration patience) {
    this.agent = agent;
    this.patience = patience;
  }

  /**
   * Asks for everything.
   *
   * @throws WireException.TimedOut when the agent does not even answer to the first question
   * @throws WireException.Disconnected when the guest is gone
   */
  AgentReport take() throws InterruptedException {
    AgentInfo info = unlessUnknown(() -> agent.info(patience));
    OsInfo os = orNull(() -> agent.osInfo(patience));
    String hostname = orNull(() -> agent.hostName(patience));
    var timezone = orNull(() -> agent.timezone(patience));
    List<NetworkInterface> interfaces = orNone(orNull(() -> agent.networkInterfaces(patience)));
    List<GuestUser> users = orNone(orNull(() -> agent.users(patience)));
    List<Filesystem> filesystems = orNone(orNull(() -> agent.filesystems(patience)));
    FreezeState frozen = orNull(() -> agent.freezeState(patience));
    return new AgentReport(
        info != null,
        info == null ? null : text(info.version()),
        hostname == null ? null : text(hostname),
        os == null ? null : os(os),
        timezone == null ? null : text(timezone.zone()),
        few(interfaces).stream().map(this::networkInterface).toList(),
        few(users).stream()
            .map(u -> new AgentReport.User(text(u.user()), text(u.domain()), u.loginTime()))
            .toList(),
        few(filesystems).stream().map(this::filesystem).toList(),
        frozen == FreezeState.FROZEN,
        truncated);
  }

  private AgentReport.Os os(OsInfo os) {
    return new AgentReport.Os(
        text(os.id()),
        text(os.prettyName().isEmpty() ? os.name() : os.prettyName()),
        text(os.version()),
        text(os.versionId()),
        text(os.kernelRelease()),
        text(os.kernelVersion()),
        text(os.machine()));
  }

  private AgentReport.Interface networkInterface(NetworkInterface one) {
    return new AgentReport.Interface(
        text(one.name()),
        text(one.hardwareAddress()),
        few(one.ipAddresses()).stream()
            .map(address -> text(address.ipAddress()) + "/" + address.prefix())
            .toList());
  }

  private AgentReport.Filesystem filesystem(Filesystem one) {
    return new AgentReport.Filesystem(
        text(one.name()),
        text(one.mountpoint()),
        text(one.type()),
        one.usedBytes(),
        one.totalBytes());
  }

  private <T> List<T> few(List<T> all) {
    truncated |= all.size() > MOST;
    return all.size() > MOST ? all.subList(0, MOST) : all;
  }

  private String text(String said) {
    truncated |= said.length() > LONGEST;
    String shortened = said.length() > LONGEST ? said.substring(0, LONGEST) : said;
    return shortened.replaceAll("\\p{Cntrl}", "?");
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  /** What the agent says, or null when it does not say that. */
  private static <T> @Nullable T orNull(Question<T> question) throws InterruptedException {
    try {
      return unlessUnknown(question);
    } catch (WireException.TimedOut | WireException.Disconnected silent) {
      return null;
    }
  }

  private static <T> @Nullable T unlessUnknown(Question<T> question) throws InterruptedException {
    try {
      return question.ask();
    } catch (WireException.Refused | WireException.Malformed unknown) {
      return null;
    }
  }

  /** Something to ask. */
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws InterruptedException;
  }
}
