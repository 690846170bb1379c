package dev.barevirt.launcher;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.os.AdoptedProcess;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.ProcessIdentity;
import dev.barevirt.launcher.os.RunningProcess;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.launcher.os.SpawnRequest;
import dev.barevirt.launcher.os.UnixSocket;
import dev.barevirt.launcher.store.DirectoryTree;
import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.launcher.store.Remains;
import dev.barevirt.launcher.store.RunRecord;
import dev.barevirt.launcher.store.WholeFile;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.WireCommand;
import dev.barevirt.qmp.wire.WireConnection;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireListener;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** A real resident launcher in a process of its own, with directories of its own, for one test. */
final class ResidentProcess implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int LISTEN = 3;

  private final List<String> wrapper;
  private final Path directory;
  private final MachineDirectory machine;
  private final Children children = Children.ofThisProcess();
  private final WireLoop loop = WireLoop.start("test");
  private RunningProcess process;

  private ResidentProcess(List<String> wrapper, List<String> flags) throws IOException {
    this.wrapper = wrapper;
    this.directory = Files.createTempDirectory(Path.of("/tmp"), "bv");
    this.machine =
        new MachineDirectory(directory.resolve("machines/guest"), directory.resolve("run"));
    this.process = spawn(flags);
  }

  static ResidentProcess start(String... jvmFlags) throws IOException {
    return new ResidentProcess(List.of(), List.of(jvmFlags));
  }

  /** The same in a Debian 13, with its QEMU and what stands beside it. */
  static ResidentProcess startInTrixie() throws IOException {
    Path wrapper = Path.of("guests/in-trixie").toAbsolutePath();
    return new ResidentProcess(List.of(wrapper.toString()), List.of());
  }

  /** The same, started by a command that does something first and then becomes the launcher. */
  static ResidentProcess startBehind(List<String> wrapper) throws IOException {
    return new ResidentProcess(wrapper, List.of());
  }

  /** The words that QEMU was started with. */
  List<String> commandLine() throws IOException {
    ProcessIdentity qemu = machine.run().map(RunRecord::qemu).orElseThrow();
    return List.of(Files.readString(Path.of("/proc/" + qemu.pid() + "/cmdline")).split("\0"));
  }

  /** Kills the launcher, and nothing else. */
  void die() {
    process.signal(Signal.KILL);
    if (process.awaitExit(PATIENCE).isEmpty()) {
      throw new AssertionError("the launcher does not die");
    }
  }

  /** Sends QEMU a signal as a stranger would. */
  void signalQemu(Signal signal) {
    ProcessIdentity qemu =
        machine
            .run()
            .map(RunRecord::qemu)
            .orElseThrow(() -> new AssertionError("no QEMU runs; the log:\n" + log()));
    try (AdoptedProcess process =
        AdoptedProcess.find(qemu).orElseThrow(() -> new AssertionError("QEMU is gone"))) {
      process.signal(signal);
      if (process.awaitExit(PATIENCE).isEmpty()) {
        throw new AssertionError("QEMU does not end on " + signal);
      }
    }
  }

  /** What a command is refused with. */
  static String refusal(WireConnection connection, LauncherCommand<?> command)
      throws InterruptedException {
    try {
      RawJson answer = connection.call(wire(command), PATIENCE);
      throw new AssertionError(command.wireName() + " was not refused but answered " + answer);
    } catch (WireException.Refused refused) {
      return refused.errorClass() + ": " + refused.description();
    }
  }

  /** Starts a launcher anew, after the first has ended. */
  void restart() {
    process = spawn(List.of());
  }

  /** Starts a launcher that takes up what an earlier one left. */
  void restartAdopting() {
    process = spawn(List.of(), "--adopt");
  }

  private RunningProcess spawn(List<String> flags, String... more) {
    machine.prepared();
    List<String> command = new ArrayList<>(wrapper);
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(flags);
    command.addAll(List.of("-cp", ResidentClassPath.find()));
    command.add(LauncherMain.class.getName());
    command.addAll(List.of("--state", machine.state().toString()));
    command.addAll(List.of("--runtime", machine.runtime().toString()));
    command.addAll(List.of("--cache", Path.of("target/it-cache").toAbsolutePath().toString()));
    command.addAll(List.of("--listen-fd", Integer.toString(LISTEN)));
    command.addAll(List.of(more));
    try {
      Files.deleteIfExists(machine.launcherSocket());
    } catch (IOException refused) {
      throw new AssertionError(refused);
    }
    try (OwnedFd socket = UnixSocket.listen(machine.launcherSocket());
        OwnedFd log =
            OpenFile.open(
                machine.launcherLog(),
                EnumSet.of(OpenFlag.WRITE, OpenFlag.CREATE, OpenFlag.APPEND))) {
      return children.start(
          SpawnRequest.of(command)
              .withEnvironment(
                  Map.of(
                      "PATH",
                      "/usr/sbin:/usr/bin:/sbin:/bin",
                      "HOME",
                      "/tmp",
                      "BAREVIRT_GUESTS",
                      Requests.guests().toString()))
              .in(machine.state())
              .passing(1, log)
              .passing(2, log)
              .passing(LISTEN, socket)
              .inGroup(SpawnRequest.Group.OWN_SESSION));
    }
  }

  MachineDirectory machine() {
    return machine;
  }

  RunningProcess process() {
    return process;
  }

  WireConnection dial() {
    return WireConnection.connect(
        loop, machine.launcherSocket(), WireSettings.rpc(), new WireListener() {});
  }

  static <R extends Record> R call(WireConnection connection, LauncherCommand<R> command)
      throws InterruptedException {
    RawJson answer = connection.call(wire(command), PATIENCE);
    return RecordReader.LENIENT.read(command.replyType(), answer.bytes()).orThrow();
  }

  <R extends Record> R call(LauncherCommand<R> command) throws InterruptedException {
    try (WireConnection connection = dial()) {
      return call(connection, command);
    } catch (WireException.Disconnected gone) {
      throw new AssertionError("the launcher went away; it logged:\n" + log(), gone);
    }
  }

  ByteStream open(LauncherCommand.OpenStream command) throws InterruptedException {
    return dial().openStream(wire(command), PATIENCE);
  }

  SerialText console() throws InterruptedException {
    return new SerialText(
        open(
            new LauncherCommand.OpenStream(
                LauncherCommand.OpenStream.Stream.CONSOLE, true, false)));
  }

  private static WireCommand wire(LauncherCommand<?> command) {
    return WireCommand.of(command.wireName(), RawJson.of(RecordWriter.toJson((Record) command)));
  }

  /** The report that a launcher which has ended left behind. */
  GuestReport lastReport() {
    if (process.awaitExit(PATIENCE).isEmpty()) {
      throw new AssertionError("the launcher still runs; it logged:\n" + log());
    }
    byte[] bytes =
        WholeFile.read(machine.report(), 1 << 20)
            .orElseThrow(() -> new AssertionError("no report; the launcher logged:\n" + log()));
    return RecordReader.LENIENT.read(GuestReport.class, bytes).orThrow();
  }

  /** Waits until the guest is in a phase, asking now and then. */
  GuestReport awaitPhase(GuestPhase wanted) throws InterruptedException {
    org.awaitility.Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> call(new LauncherCommand.Report()).phase() == wanted);
    return call(new LauncherCommand.Report());
  }

  String log() {
    try {
      String qemu =
          Files.exists(machine.qemuLog()) ? Files.readString(machine.qemuLog()) : "(no qemu.log)";
      return Files.readString(machine.launcherLog()) + "\n--- qemu\n" + qemu;
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Override
  public void close() {
    process.signal(Signal.KILL);
    process.awaitExit(PATIENCE);
    Remains.end(machine);
    loop.close();
    DirectoryTree.delete(directory);
  }
}
