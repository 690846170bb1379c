package dev.barevirt.qmp.agent;

import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.RecordJson;
import dev.barevirt.qmp.wire.WireCommand;
import dev.barevirt.qmp.wire.WireConnection;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireListener;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The agent inside a guest. It serves one command at a time, may be absent, slow, restarted at any
 * moment, or hostile: every call has a deadline, every reply is capped, and after anything odd the
 * conversation is synchronised anew before the next command. Safe from any thread.
 *
 * <p>Calls throw {@link WireException}: Refused when the agent says no, TimedOut when it says
 * nothing, Malformed when it talks nonsense.
 */
public final class GuestAgent implements AutoCloseable {
  private final WireConnection connection;
  private final Semaphore turn = new Semaphore(1, true);
  private boolean synchronised; // guarded by the turn

  private GuestAgent(WireConnection connection) {
    this.connection = connection;
  }

  /** Connects to the host's end of the agent's port; says nothing to the agent yet. */
  public static GuestAgent connect(WireLoop loop, Path socket, WireSettings settings) {
    return new GuestAgent(WireConnection.connect(loop, socket, settings, new WireListener() {}));
  }

  /** Talks over a socket that is connected already; takes it. */
  public static GuestAgent over(WireLoop loop, OwnedFd socket, WireSettings settings) {
    return new GuestAgent(WireConnection.over(loop, socket, settings, new WireListener() {}));
  }

  /** Finds out whether the agent answers. */
  public void ping(Duration deadline) throws InterruptedException {
    call("guest-ping", Json.object(), deadline);
  }

  /** Which agent it is and what it can do. */
  public AgentInfo info(Duration deadline) throws InterruptedException {
    return RecordJson.read(ask("guest-info", Json.object(), deadline), AgentInfo.class);
  }

  /**
   * Starts a program.
   *
   * @return its process id in the guest
   */
  public long exec(ExecRequest request, Duration deadline) throws InterruptedException {
    Json.Builder arguments =
        Json.object()
            .with("path", request.path())
            .with("arg", texts(request.arguments()))
            .with("capture-output", request.captureOutput());
    if (!request.environment().isEmpty()) {
      arguments.with("env", texts(request.environment()));
    }
    if (request.input().length() > 0) {
      arguments.with("input-data", request.input().base64());
    }
    return ask("guest-exec", arguments, deadline).at("pid").integer();
  }

  /** How a program does; once it is told that it has exited, the agent forgets it. */
  public ExecStatus execStatus(long pid, Duration deadline) throws InterruptedException {
    Json status = call("guest-exec-status", Json.object().with("pid", pid), deadline);
    try {
      return ExecStatus.read(status);
    } catch (IllegalArgumentException e) {
      throw new WireException.Malformed("output of guest process " + pid + " is no base64", e);
    }
  }

  /**
   * Opens a file.
   *
   * @param mode as of C's fopen: "r", "w", "a", ...
   * @return a handle, to be closed
   */
  public long openFile(String path, String mode, Duration deadline) throws InterruptedException {
    Json.Builder arguments = Json.object().with("path", path).with("mode", mode);
    return ask("guest-file-open", arguments, deadline).integer();
  }

  /** Reads up to so many bytes from an open file. */
  public FileChunk readFile(long handle, int count, Duration deadline) throws InterruptedException {
    Json.Builder arguments = Json.object().with("handle", handle).with("count", count);
    Json chunk = call("guest-file-read", arguments, deadline);
    try {
      return new FileChunk(Bytes.ofBase64(chunk.at("buf-b64").text()), chunk.at("eof").bool());
    } catch (IllegalArgumentException e) {
      throw new WireException.Malformed("guest file content is no base64", e);
    }
  }

  /**
   * Writes to an open file.
   *
   * @return how many bytes were written
   */
  public long writeFile(long handle, Bytes data, Duration deadline) throws InterruptedException {
    Json.Builder arguments = Json.object().with("handle", handle).with("buf-b64", data.base64());
    return ask("guest-file-write", arguments, deadline).at("count").integer();
  }

  /** Closes an open file, which is then flushed. */
  public void closeFile(long handle, Duration deadline) throws InterruptedException {
    call("guest-file-close", Json.object().with("handle", handle), deadline);
  }

  /** The guest's network interfaces. */
  public List<NetworkInterface> networkInterfaces(Duration deadline) throws InterruptedException {
    return list("guest-network-get-interfaces", NetworkInterface.class, deadline);
  }

  /** The guest's operating system. */
  public OsInfo osInfo(Duration deadline) throws InterruptedException {
    return RecordJson.read(ask("guest-get-osinfo", Json.object(), deadline), OsInfo.class);
  }

  /** Who is logged in. */
  public List<GuestUser> users(Duration deadline) throws InterruptedException {
    return list("guest-get-users", GuestUser.class, deadline);
  }

  /** The mounted file systems. */
  public List<Filesystem> filesystems(Duration deadline) throws InterruptedException {
    return list("guest-get-fsinfo", Filesystem.class, deadline);
  }

  /** The guest's name for itself. */
  public String hostName(Duration deadline) throws InterruptedException {
    return ask("guest-get-host-name", Json.object(), deadline).at("host-name").text();
  }

  /** The guest's time zone. */
  public Timezone timezone(Duration deadline) throws InterruptedException {
    return RecordJson.read(ask("guest-get-timezone", Json.object(), deadline), Timezone.class);
  }

  /**
   * Asks the guest to go down. An agent that obeys does not answer, so this returns when the agent
   * has not refused within the deadline, or has gone.
   */
  public void shutdown(ShutdownMode mode, Duration deadline) throws InterruptedException {
    Json.Builder arguments = Json.object().with("mode", mode.name().toLowerCase(Locale.ROOT));
    try {
      call("guest-shutdown", arguments, deadline);
    } catch (WireException.TimedOut e) {
      if (!e.sent()) {
        throw e;
      }
    } catch (WireException.Disconnected _) {
      // It went down at once.
    }
  }

  /**
   * Holds the file systems still; whoever calls this sees to {@link #thaw}, whatever happens.
   *
   * @return how many file systems were frozen
   */
  public long freeze(Duration deadline) throws InterruptedException {
    return ask("guest-fsfreeze-freeze", Json.object(), deadline).integer();
  }

  /**
   * Lets the file systems go on; harmless when they are not frozen.
   *
   * @return how many file systems were thawed
   */
  public long thaw(Duration deadline) throws InterruptedException {
    return ask("guest-fsfreeze-thaw", Json.object(), deadline).integer();
  }

  /** Whether the file systems are frozen. */
  public FreezeState freezeState(Duration deadline) throws InterruptedException {
    return switch (ask("guest-fsfreeze-status", Json.object(), deadline).text()) {
      case "thawed" -> FreezeState.THAWED;
      case "frozen" -> FreezeState.FROZEN;
      default -> FreezeState.UNKNOWN;
    };
  }

  /**
   * Sets a user's password.
   *
   * @param password the password, or its hash when {@code crypted}
   */
  public void setUserPassword(String user, String password, boolean crypted, Duration deadline)
      throws InterruptedException {
    Json.Builder arguments =
        Json.object()
            .with("username", user)
            .with("password", Bytes.of(password).base64())
            .with("crypted", crypted);
    call("guest-set-user-password", arguments, deadline);
  }

  /** The keys with which a user may log in. */
  public List<String> authorizedKeys(String user, Duration deadline) throws InterruptedException {
    Json.Builder arguments = Json.object().with("username", user);
    return ask("guest-ssh-get-authorized-keys", arguments, deadline).at("keys").elements().stream()
        .map(Json::text)
        .toList();
  }

  /**
   * Lets a user log in with further keys.
   *
   * @param reset whether the keys there so far are dropped
   */
  public void addAuthorizedKeys(String user, List<String> keys, boolean reset, Duration deadline)
      throws InterruptedException {
    Json.Builder arguments =
        Json.object().with("username", user).with("keys", texts(keys)).with("reset", reset);
    call("guest-ssh-add-authorized-keys", arguments, deadline);
  }

  /** Takes keys away from a user. */
  public void removeAuthorizedKeys(String user, List<String> keys, Duration deadline)
      throws InterruptedException {
    Json.Builder arguments = Json.object().with("username", user).with("keys", texts(keys));
    call("guest-ssh-remove-authorized-keys", arguments, deadline);
  }

  /** Runs a command given as JSON: for tools that pass on what a person typed. */
  public RawJson raw(String command, RawJson arguments, Duration deadline)
      throws InterruptedException {
    return inTurn(WireCommand.of(command, arguments), deadline);
  }

  /** Ends when the connection has, with the reason. */
  public CompletionStage<WireException.Disconnected> closed() {
    return connection.closed();
  }

  /** Closes the connection; the agent stays. */
  @Override
  public void close() {
    connection.close();
  }

  private <T extends Record> List<T> list(String command, Class<T> type, Duration deadline)
      throws InterruptedException {
    return ask(command, Json.object(), deadline).elements().stream()
        .map(element -> RecordJson.read(element, type))
        .toList();
  }

  private static Json texts(List<String> values) {
    return Json.of(values.stream().map(Json::of).toList());
  }

  /** A call whose reply is kept: cut to size. */
  private Json ask(String command, Json.Builder arguments, Duration deadline)
      throws InterruptedException {
    return ReplyCaps.USUAL.cut(call(command, arguments, deadline));
  }

  private Json call(String command, Json.Builder arguments, Duration deadline)
      throws InterruptedException {
    return inTurn(WireCommand.of(command, RawJson.of(arguments.build())), deadline).tree();
  }

  private RawJson inTurn(WireCommand command, Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    if (!turn.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new WireException.TimedOut(command.name(), 0, deadline, false);
    }
    try {
      if (!synchronised) {
        synchronise(command, deadline, end);
      }
      synchronised = false; // until this command has been answered properly
      RawJson reply = connection.call(command, left(end));
      synchronised = true;
      return reply;
    } catch (WireException.Refused e) {
      synchronised = true;
      throw e;
    } finally {
      turn.release();
    }
  }

  private void synchronise(WireCommand command, Duration deadline, long end)
      throws InterruptedException {
    try {
      connection.resynchronise(left(end));
    } catch (WireException.TimedOut _) {
      throw new WireException.TimedOut(command.name(), 0, deadline, false);
    }
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }
}
