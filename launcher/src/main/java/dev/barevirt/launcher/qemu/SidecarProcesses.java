package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.machine.Sidecar;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.ExitStatus;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.RunningProcess;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.launcher.os.SpawnRequest;
import dev.barevirt.launcher.store.DirectoryTree;
import dev.barevirt.launcher.store.Remains;
import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the programs beside QEMU and waits until each listens. */
final class SidecarProcesses {
  private static final Duration STEP = Duration.ofMillis(2);
  private static final Duration LISTENING_WITHIN = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Path LISTENING = Path.of("/proc/net/unix");
  private static final int FIRST_FD = 3;
  private static final String ACCEPTS = "00010000";

  private final Children children;
  private final QemuUser user;
  private final RunBook book;
  private final Path runtime;
  private final Path logs;

  SidecarProcesses(Children children, QemuUser user, RunBook book, Path runtime, Path logs) {
    this.children = children;
    this.user = user;
    this.book = book;
    this.runtime = runtime;
    this.logs = logs;
  }

  /** Starts all, and then waits for each. */
  void start(List<Sidecar> sidecars, Undo undo) {
    List<Started> started = sidecars.stream().map(sidecar -> start(sidecar, undo)).toList();
    for (Started one : started) {
      awaitListening(one);
      user.give(one.socket());
    }
  }

  /** A program that has been started and may not listen yet. */
  private record Started(Sidecar sidecar, Path socket, RunningProcess process, ErrorLog errors) {}

  private Started start(Sidecar sidecar, Undo undo) {
    Path socket = runtime.resolve(sidecar.socket()).normalize();
    delete(socket);
    Path log = logs.resolve(sidecar.name() + ".log");
    ErrorLog errors = ErrorLog.continuing(log);
    RunningProcess process = spawn(sidecar, errors);
    undo.push("remove " + socket, () -> delete(socket));
    undo.push("end " + sidecar.name(), () -> end(process));
    book.started(process.identity());
    return new Started(sidecar, socket, process, errors);
  }

  private RunningProcess spawn(Sidecar sidecar, ErrorLog errors) {
    List<OwnedFd> held = new ArrayList<>();
    try (OwnedFd output = errors.open()) {
      List<String> args = sidecar.args();
      for (String directory : sidecar.directories()) {
        Path made = make(directory);
        if (user.ownsFilesOf(sidecar)) {
          user.give(made);
          args = replaced(args, directory, FIRST_FD + held.size());
          held.add(OpenFile.open(made, EnumSet.of(OpenFlag.READ, OpenFlag.DIRECTORY)));
        }
      }
      List<String> command = new ArrayList<>(user.besideQemu(sidecar));
      command.add(sidecar.program());
      command.addAll(args);
      Map<String, String> environment = new HashMap<>(Remains.mark(runtime));
      environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
      SpawnRequest request =
          SpawnRequest.of(command)
              .withEnvironment(environment)
              .in(runtime)
              .inGroup(SpawnRequest.Group.OWN_SESSION)
              .passing(1, output)
              .passing(2, output);
      for (int i = 0; i < held.size(); i++) {
        request = request.passing(FIRST_FD + i, held.get(i));
      }
      return children.start(request);
    } finally {
      held.forEach(OwnedFd::close);
    }
  }

  /**
   * The same arguments with a directory named by the descriptor it is inherited as: QEMU's user may
   * not walk to it through the launcher's own directories.
   */
  private static List<String> replaced(List<String> args, String directory, int fd) {
    return args.stream().map(arg -> arg.replace(directory, "/proc/self/fd/" + fd)).toList();
  }

  private static void awaitListening(Started one) {
    long end = System.nanoTime() + LISTENING_WITHIN.toNanos();
    while (!listens(one.socket())) {
      Optional<ExitStatus> ended = one.process().awaitExit(STEP);
      if (ended.isPresent()) {
        throw GuestException.failed(
            "%s could not be started (%s): %s"
                .formatted(
                    one.sidecar().name(), ended.get(), String.join("; ", one.errors().tail())));
      }
      if (System.nanoTime() > end) {
        throw GuestException.failed(
            "%s does not listen on %s after %d seconds"
                .formatted(one.sidecar().name(), one.socket(), LISTENING_WITHIN.toSeconds()));
      }
    }
  }

  /** A connection would be the only one it serves, so the kernel is asked instead. */
  private static boolean listens(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    String name = String.valueOf(socket.getFileName());
    try (var lines = Files.lines(LISTENING)) {
      return lines.anyMatch(line -> line.endsWith("/" + name) && line.contains(ACCEPTS));
    } catch (IOException hidden) {
      return true; // without /proc/net/unix the file has to do
    }
  }

  private void end(RunningProcess process) {
    if (process.signalGroup(Signal.TERM) && process.awaitExit(PATIENCE).isEmpty()) {
      process.signalGroup(Signal.KILL);
    }
    book.ended(process.identity());
  }

  /** What is kept with the sockets lasts one run; what is kept elsewhere stays. */
  private Path make(String named) {
    Path directory = runtime.resolve(named).normalize();
    if (directory.startsWith(runtime)) {
      DirectoryTree.delete(directory);
    }
    try {
      return Files.createDirectories(directory);
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot make " + directory, refused);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot delete " + file, refused);
    }
  }
}
