package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.LauncherCommand.AgentExec;
import dev.barevirt.api.launcher.LauncherCommand.AgentExecStatus;
import dev.barevirt.api.launcher.LauncherCommand.AgentFileRead;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.launcher.guest.GuestConversation;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.qmp.agent.Bytes;
import dev.barevirt.qmp.agent.ExecRequest;
import dev.barevirt.qmp.agent.ExecStatus;
import dev.barevirt.qmp.agent.FileChunk;
import dev.barevirt.qmp.agent.GuestAgent;
import dev.barevirt.qmp.agent.ShutdownMode;
import dev.barevirt.qmp.wire.WireException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guest's agent, when there is one. Whether it listens is known from QEMU: from its events, and
 * where those said nothing yet, by asking QEMU at the moment somebody wants the agent.
 */
final class AgentLink implements GuestConversation, AutoCloseable {
  /** The id of the port that the agent opens in the guest. */
  static final String PORT = "channel-agent";

  private static final Logger LOG = LoggerFactory.getLogger(AgentLink.class);
  private static final Duration FREEZING = Duration.ofMinutes(10);
  private static final Duration GOING_DOWN = Duration.ofSeconds(5);
  private static final int PIECE = 48 * 1024;

  private final @Nullable GuestAgent agent; // null when the guest has no port for one
  private final Port port;
  private final Duration patience;
  private final Runnable told;
  private final Consumer<AgentLink> came;
  private volatile boolean open;
  private volatile AgentReport last = AgentReport.ABSENT;

  /**
   * A link that nobody has answered on yet.
   *
   * @param port knows whether somebody in the guest has opened the port
   * @param patience how long it may take to answer an ordinary question
   * @param told is told when what the agent says has changed
   * @param came is told when an agent that has opened its port answers
   */
  AgentLink(
      @Nullable GuestAgent agent,
      Port port,
      Duration patience,
      Runnable told,
      Consumer<AgentLink> came) {
    this.agent = agent;
    this.port = port;
    this.patience = patience;
    this.told = told;
    this.came = came;
  }

  /** What it said last. */
  AgentReport last() {
    return last;
  }

  /** Whether an agent listens; asks QEMU when no event has said so. */
  boolean isUp() throws InterruptedException {
    if (agent != null && !open && port.isOpen()) {
      changed(true);
    }
    return open;
  }

  /** The agent in the guest has opened or closed its port. Never blocks. */
  void changed(boolean opened) {
    boolean came = opened && !open;
    open = opened;
    if (came) {
      Thread.ofVirtual().name("agent").start(this::introduce);
    } else if (!opened) {
      tell(last.disconnected());
    }
  }

  /** An agent that opens its port long before it answers is waited for as long as it is open. */
  private void introduce() {
    try {
      boolean late = true;
      while (late && open) {
        late = !hasAnswered();
      }
      if (!late) {
        came.accept(this);
      }
    } catch (GuestException silent) {
      LOG.info("the guest's agent does not tell about itself: {}", silent.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasAnswered() throws InterruptedException {
    try {
      info();
      return true;
    } catch (GuestException refused) {
      if (refused.fault() != LauncherFault.TIMED_OUT) {
        throw refused;
      }
      LOG.info("the guest's agent has opened its port and does not answer yet");
      return false;
    }
  }

  private void tell(AgentReport report) {
    last = report;
    told.run();
  }

  /** Asks the guest to go down. */
  void shutdown(ShutdownMode mode) throws InterruptedException {
    try {
      listening("shut down").shutdown(mode, GOING_DOWN);
    } catch (WireException refused) {
      throw told("shut down", refused);
    }
  }

  @Override
  public AgentReport info() throws InterruptedException {
    AgentReport report =
        ask("tell about itself", listening -> new AgentSurvey(listening, patience).take());
    tell(report);
    return report;
  }

  @Override
  public AgentExec.Started exec(AgentExec program) throws InterruptedException {
    ExecRequest request =
        new ExecRequest(
            program.path(),
            program.arguments(),
            program.environment(),
            program.input() == null ? Bytes.NONE : bytes(program.input()),
            true);
    return ask(
        "run " + program.path(), agent -> new AgentExec.Started(agent.exec(request, patience)));
  }

  @Override
  public AgentExecStatus.Status status(long pid) throws InterruptedException {
    ExecStatus status = ask("tell about process " + pid, agent -> agent.execStatus(pid, patience));
    return new AgentExecStatus.Status(
        status.exited(),
        status.exitCode(),
        status.signal(),
        text(status.output()),
        text(status.error()),
        status.truncated());
  }

  @Override
  public long open(String path, String mode) throws InterruptedException {
    return ask("open " + path, agent -> agent.openFile(path, mode, patience));
  }

  @Override
  public AgentFileRead.Piece read(long handle, int count) throws InterruptedException {
    int capped = Math.clamp(count, 1, PIECE);
    FileChunk chunk = ask("read a file", agent -> agent.readFile(handle, capped, patience));
    return new AgentFileRead.Piece(text(chunk.data()), chunk.end());
  }

  @Override
  public void write(long handle, String data) throws InterruptedException {
    Bytes bytes = bytes(data);
    long written = ask("write a file", agent -> agent.writeFile(handle, bytes, patience));
    if (written != bytes.length()) {
      throw GuestException.failed(
          "the guest wrote only %d of %d bytes".formatted(written, bytes.length()));
    }
  }

  @Override
  public void close(long handle) throws InterruptedException {
    ask(
        "close a file",
        agent -> {
          agent.closeFile(handle, patience);
          return handle;
        });
  }

  @Override
  public int freeze() throws InterruptedException {
    return ask("freeze its file systems", agent -> agent.freeze(FREEZING)).intValue();
  }

  @Override
  public int thaw() throws InterruptedException {
    return ask("thaw its file systems", agent -> agent.thaw(FREEZING)).intValue();
  }

  @Override
  public void setPassword(String user, String password) throws InterruptedException {
    ask(
        "set a password",
        agent -> {
          agent.setUserPassword(user, password, false, patience);
          return user;
        });
  }

  /** Lets a user of the guest log in with these keys and no others. */
  void setAuthorizedKeys(String user, List<String> keys) throws InterruptedException {
    ask(
        "take the keys of a user",
        agent -> {
          agent.addAuthorizedKeys(user, keys, true, patience);
          return user;
        });
  }

  /** Closes the host's end. */
  @Override
  public void close() {
    if (agent != null) {
      agent.close();
    }
  }

  private GuestAgent listening(String what) throws InterruptedException {
    GuestAgent listening = agent;
    if (listening == null || !isUp()) {
      throw GuestException.conflict(
          "the guest cannot be asked to " + what + ": no agent runs in it");
    }
    return listening;
  }

  private <T> T ask(String what, Question<T> question) throws InterruptedException {
    try {
      return question.ask(listening(what));
    } catch (WireException failed) {
      throw told(what, failed);
    }
  }

  private static GuestException told(String what, WireException failed) {
    return switch (failed) {
      case WireException.Refused refused ->
          GuestException.failed("the guest did not " + what + ": " + refused.description());
      case WireException.TimedOut late ->
          new GuestException(
              LauncherFault.TIMED_OUT, "the guest's agent did not " + what + " in time", late);
      case WireException.Disconnected gone ->
          new GuestException(LauncherFault.CONFLICT, "the guest has ended", gone);
      case WireException.Unreachable _, WireException.Malformed _, WireException.Overflow _ ->
          new GuestException(
              LauncherFault.FAILED,
              "the guest's agent talks nonsense when asked to " + what,
              failed);
    };
  }

  private static String text(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.toArray());
  }

  private static Bytes bytes(String base64) {
    try {
      return Bytes.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException wrong) {
      throw new GuestException(LauncherFault.BAD_REQUEST, "the data is no base64", wrong);
    }
  }

  /** The guest's end of the port, as QEMU knows it. */
  @FunctionalInterface
  interface Port {
    /** Whether somebody in the guest has opened it. */
    boolean isOpen() throws InterruptedException;
  }

  /** Something asked of the agent. */
  @FunctionalInterface
  private interface Question<T> {
    T ask(GuestAgent agent) throws InterruptedException;
  }
}
