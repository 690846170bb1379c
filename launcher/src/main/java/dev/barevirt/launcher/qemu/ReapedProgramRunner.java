package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.disk.DiskException;
import dev.barevirt.launcher.disk.DiskException.Reason;
import dev.barevirt.launcher.disk.ProgramRunner;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.ExitStatus;
import dev.barevirt.launcher.os.OsException;
import dev.barevirt.launcher.os.Pipe;
import dev.barevirt.launcher.os.Programs;
import dev.barevirt.launcher.os.RawBytes;
import dev.barevirt.launcher.os.RunningProcess;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.launcher.os.SpawnRequest;
import dev.barevirt.qmp.wire.OwnedFd;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs programs as children that are reaped with all others: a launcher that is PID 1 reaps every
 * process, and would take away the JDK's own children before it sees them end.
 */
final class ReapedProgramRunner implements ProgramRunner {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final int PIECE = 8192;
  private static final long STACK_BYTES = 128 * 1024;

  private final Programs programs;
  private final Children children;

  ReapedProgramRunner(Programs programs, Children children) {
    this.programs = programs;
    this.children = children;
  }

  @Override
  public Finished run(Call call) throws InterruptedException {
    try (Pipe output = Pipe.open();
        Pipe errors = Pipe.open()) {
      RunningProcess child = start(call, output, errors);
      output.writer().close();
      errors.writer().close();
      CompletableFuture<Kept> said = read(output.reader(), call.outputLimit());
      CompletableFuture<Kept> complained = read(errors.reader(), call.outputLimit());
      ExitStatus ended = await(call, child);
      Kept out = get(said);
      Kept err = get(complained);
      return new Finished(code(ended), out.text(), err.text(), out.cut() || err.cut());
    }
  }

  private RunningProcess start(Call call, Pipe output, Pipe errors) {
    String name = call.argv().getFirst();
    Optional<Path> program =
        name.startsWith("/") ? Optional.of(Path.of(name)) : programs.find(name);
    if (program.isEmpty()) {
      throw new DiskException(Reason.TOOL_FAILED, name + " is not installed");
    }
    List<String> command = new ArrayList<>(call.argv());
    command.set(0, program.get().toAbsolutePath().toString());
    try {
      return children.start(
          SpawnRequest.of(command)
              .withEnvironment(Map.of("PATH", PATH, "LC_ALL", "C"))
              .passing(1, output.writer())
              .passing(2, errors.writer()));
    } catch (OsException refused) {
      throw new DiskException(Reason.TOOL_FAILED, name + " cannot be started", refused);
    }
  }

  private static ExitStatus await(Call call, RunningProcess child) throws InterruptedException {
    try {
      return child
          .onExit()
          .toCompletableFuture()
          .get(call.deadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new DiskException(
          Reason.TIMED_OUT,
          "%s did not end within %d s"
              .formatted(call.argv().getFirst(), call.deadline().toSeconds()),
          late);
    } catch (ExecutionException lost) {
      throw new IllegalStateException(lost);
    } finally {
      if (child.isAlive()) {
        boolean _ = child.signalGroup(Signal.KILL);
      }
    }
  }

  private static int code(ExitStatus ended) {
    return switch (ended) {
      case ExitStatus.Exited exited -> exited.code();
      case ExitStatus.Signalled signalled -> 128 + signalled.signal();
      case ExitStatus.Unknown _ -> 255;
    };
  }

  /** The beginning of what was written, and whether there was more. */
  private record Kept(String text, boolean cut) {}

  /** Reads to the end, so that the child never waits. A blocking read would hold a carrier. */
  private static CompletableFuture<Kept> read(OwnedFd from, int limit) {
    CompletableFuture<Kept> all = new CompletableFuture<>();
    OwnedFd own = from.duplicate();
    Thread.ofPlatform()
        .daemon()
        .name("program-output")
        .stackSize(STACK_BYTES)
        .start(() -> all.complete(drain(own, limit)));
    return all;
  }

  private static Kept drain(OwnedFd from, int limit) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    boolean cut = false;
    try (from) {
      for (byte[] piece = RawBytes.read(from, PIECE);
          piece.length > 0;
          piece = RawBytes.read(from, PIECE)) {
        int room = Math.min(piece.length, limit - kept.size());
        kept.write(piece, 0, room);
        cut |= room < piece.length;
      }
    } catch (OsException torn) {
      cut = true;
    }
    return new Kept(kept.toString(StandardCharsets.UTF_8), cut);
  }

  private static Kept get(CompletableFuture<Kept> all) throws InterruptedException {
    try {
      return all.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException held) {
      throw new DiskException(
          Reason.TIMED_OUT, "a child keeps the output of its parent open", held);
    } catch (ExecutionException defect) {
      throw new IllegalStateException(defect);
    }
  }
}
