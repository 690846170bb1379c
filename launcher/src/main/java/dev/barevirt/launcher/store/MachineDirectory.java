package dev.barevirt.launcher.store;

import dev.barevirt.launcher.os.AdoptedProcess;
import dev.barevirt.launcher.os.BootId;
import dev.barevirt.launcher.os.Flock;
import dev.barevirt.launcher.os.ProcessIdentity;
import dev.barevirt.launcher.os.UnixSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The files of one machine. Both directories are private; the resident launcher holds the lock for
 * as long as it runs, and only the holder writes.
 *
 * @param state what survives a reboot
 * @param runtime sockets and what belongs to one run; made anew for each
 */
public record MachineDirectory(Path state, Path runtime) {
  /** The longest file name that is put into the runtime directory, for the check of its length. */
  private static final String LONGEST_SOCKET = "virtiofsd-0123456789.sock";

  private static final int RECORD_LIMIT = 64 << 10;

  /** The machine's name. */
  public MachineName name() {
    return new MachineName(String.valueOf(state.getFileName()));
  }

  /** The VirtualMachineInstance as its user gave it. */
  public Path spec() {
    return state.resolve("vmi.json");
  }

  /** The request that the launcher last accepted. */
  public Path request() {
    return state.resolve("request.json");
  }

  /** The last report of the launcher, also of one that has ended. */
  public Path report() {
    return state.resolve("report.json");
  }

  /** The addresses that the guest's devices keep. */
  public Path placements() {
    return state.resolve("placements.json");
  }

  /** What the guest wrote to its serial console. */
  public Path serialLog() {
    return state.resolve("serial.log");
  }

  /** What QEMU wrote to its standard error. */
  public Path qemuLog() {
    return state.resolve("qemu.log");
  }

  /** What the resident launcher logged. */
  public Path launcherLog() {
    return state.resolve("launcher.log");
  }

  /** What happened to the guest, a line each. */
  public Path events() {
    return state.resolve("events.jsonl");
  }

  /** There when the machine is to be deleted as soon as it has ended. */
  private Path goes() {
    return state.resolve("goes-when-it-ends");
  }

  /** Wants the machine deleted, by its launcher, when it has ended. */
  public void goWhenItEnds() {
    WholeFile.write(goes(), "");
  }

  /** Whether the machine is to be deleted when it has ended. */
  public boolean goesWhenItEnds() {
    return Files.exists(goes());
  }

  /** Disks, overlays and media that were made for this machine. */
  public Path disks() {
    return state.resolve("disks");
  }

  /** Where the launcher listens for commands. */
  public Path launcherSocket() {
    return runtime.resolve("launcher.sock");
  }

  /** Where QEMU listens with its control monitor, so that a later launcher can take over. */
  public Path monitorSocket() {
    return runtime.resolve("monitor.sock");
  }

  /** Where QEMU listens with its rescue monitor. */
  public Path rescueSocket() {
    return runtime.resolve("rescue.sock");
  }

  /** Makes sure that both directories are there, are ours and have room for socket paths. */
  public MachineDirectory prepared() {
    UnixSocket.requireShort(runtime.resolve(LONGEST_SOCKET));
    PrivateDirectory.ensure(state);
    PrivateDirectory.ensure(disks());
    PrivateDirectory.ensure(runtime);
    return this;
  }

  /** The machine's lock, or nothing when a launcher runs it. */
  public Optional<Flock> tryLock() {
    return Flock.tryExclusive(state.resolve("lock"));
  }

  /** The processes of the current or last run. */
  public Optional<RunRecord> run() {
    return WholeFile.read(runFile(), RECORD_LIMIT).flatMap(RunRecord::decode);
  }

  /** Writes down who runs the machine. */
  public void recordRun(RunRecord run) {
    WholeFile.write(runFile(), run.encode());
  }

  /** The run has ended and has tidied up after itself. */
  public void forgetRun() {
    try {
      Files.deleteIfExists(runFile());
    } catch (IOException refused) {
      throw FileTrouble.of("delete " + runFile(), refused);
    }
  }

  /** What of the machine is alive now. Never asks the launcher or QEMU. */
  public Liveness liveness() {
    Predicate<ProcessIdentity> isAlive =
        identity -> {
          Optional<AdoptedProcess> process = AdoptedProcess.find(identity);
          process.ifPresent(AdoptedProcess::close);
          return process.isPresent();
        };
    return Liveness.of(run(), BootId.current(), isAlive);
  }

  private Path runFile() {
    return state.resolve("run");
  }
}
