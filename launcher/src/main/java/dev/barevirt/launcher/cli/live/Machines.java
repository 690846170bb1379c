package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.os.Flock;
import dev.barevirt.launcher.qemu.MachineRecord;
import dev.barevirt.launcher.store.Liveness;
import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.launcher.store.MachineName;
import dev.barevirt.launcher.store.MachineStore;
import dev.barevirt.launcher.store.StoreException;
import dev.barevirt.launcher.store.WholeFile;
import dev.barevirt.qmp.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The machines of this user: made, found, started, reached and deleted. */
public final class Machines {
  private static final Duration DISCARDED = Duration.ofSeconds(20);

  private static final Duration ADOPTION = Duration.ofSeconds(30);
  private static final int LAST_WORDS = 5;

  private final MachineStore store;
  private final ResidentStarter starter;
  private final RequestPlan plan;

  /** Machines of a store, whose launchers are started by a starter and get requests as planned. */
  public Machines(MachineStore store, ResidentStarter starter, RequestPlan plan) {
    this.store = store;
    this.starter = starter;
    this.plan = plan;
  }

  /** All of them, or those with a guest. */
  public List<MachineStatus> list(boolean stoppedToo) {
    return store.list().stream()
        .map(MachineStatus::of)
        .filter(machine -> stoppedToo || machine.active())
        .toList();
  }

  /** One of them. */
  public MachineStatus status(String name) {
    return MachineStatus.of(store.get(new MachineName(name)));
  }

  /** What a launcher would be asked to run; nothing is made or started. */
  public GuestRequest plan(VirtualMachineInstance vmi) {
    return plan.request(vmi, null);
  }

  /** Makes a machine that does not run yet. */
  public MachineStatus create(String name, VirtualMachineInstance vmi) {
    byte[] spec = Contract.bytes(vmi);
    byte[] request = Contract.bytes(plan.request(vmi, null)); // names the image files it keeps
    MachineDirectory made =
        store.create(
            new MachineName(name),
            directory -> {
              Contract.write(directory.spec(), spec);
              Contract.write(directory.request(), request);
            });
    return MachineStatus.of(made);
  }

  /** Removes a machine that does not run, with all its disks. */
  public void delete(String name) {
    store.delete(new MachineName(name));
  }

  /** Removes a machine that was made a moment ago and could not be started. */
  public void discard(MachineStatus machine) throws InterruptedException {
    awaitGone(machine, DISCARDED);
    deleteUnlessGone(machine);
  }

  /** Removes a machine that has ended, unless its launcher has done so as it was told to. */
  public void deleteUnlessGone(MachineStatus machine) {
    if (store.find(machine.directory().name()).isPresent()) {
      try {
        store.delete(machine.directory().name());
      } catch (StoreException gone) {
        if (gone.reason() != StoreException.Reason.NOT_FOUND) {
          throw gone;
        }
      }
    }
  }

  /** Refuses what would need a machine after its end when it is to be deleted then. */
  public static void requireKept(MachineStatus machine) {
    if (machine.directory().goesWhenItEnds()) {
      throw CliFailure.of(
              ExitCode.CONFLICT,
              "machine '" + machine.name() + "' was made with --rm: it is deleted when it ends")
          .advising("make it without --rm; 'launcher reset' does not end it");
    }
  }

  /**
   * Starts a machine that does not run, and waits until its guest does.
   *
   * @return the connection to its launcher
   */
  public Resident start(MachineStatus machine, Duration patience) throws InterruptedException {
    GuestRequest request = request(machine);
    Contract.write(machine.directory().request(), Contract.bytes(request));
    return ask(machine, new LauncherCommand.Sync(request), patience);
  }

  private Resident ask(
      MachineStatus machine, LauncherCommand<GuestReport> command, Duration patience)
      throws InterruptedException {
    Resident resident = launch(machine);
    try {
      GuestReport report = resident.call(command, patience);
      assert report.version() > 0;
      return resident;
    } catch (WireException.Disconnected e) {
      resident.close();
      throw CliFailure.of(
              ExitCode.LAUNCHER_ERROR,
              "the launcher of machine '" + machine.name() + "' ended before it had started it")
          .detailing(lastWords(machine.directory().launcherLog()))
          .because(e);
    } catch (RuntimeException | InterruptedException e) {
      resident.close();
      throw e;
    }
  }

  /** The end of a log, read now because the machine may be about to be discarded. */
  private static List<String> lastWords(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size());
    } catch (IOException e) {
      return List.of(); // it had no time to write one
    }
  }

  /**
   * What a stopped machine's launcher will be asked, once everything it needs is known to be there.
   */
  public GuestRequest request(MachineStatus machine) {
    if (machine.active()) {
      throw CliFailure.of(
          ExitCode.CONFLICT, "machine '" + machine.name() + "' is already " + machine.word());
    }
    GuestRequest request = plan.request(machine.vmi(), earlier(machine).orElse(null));
    RequestPlan.requireStartable(request);
    return request;
  }

  /** What a machine's launcher is to be asked now that the machine shall be another. */
  GuestRequest changed(MachineStatus machine, VirtualMachineInstance vmi) {
    return plan.request(vmi, earlier(machine).orElse(null));
  }

  /** Writes down what a machine is from now on, also for its later starts. */
  static void rewrite(MachineStatus machine, VirtualMachineInstance vmi, GuestRequest request) {
    WholeFile.write(machine.directory().request(), Contract.bytes(request));
    WholeFile.write(machine.directory().spec(), Contract.bytes(vmi));
  }

  /** What the machine's last launcher was asked, if there was one. */
  public static Optional<GuestRequest> earlier(MachineStatus machine) {
    Path record = machine.directory().state().resolve("machine.json");
    return MachineRecord.read(record).map(MachineRecord::request);
  }

  /** Starts a machine that does not run from a file with its saved state. */
  public Resident restore(MachineStatus machine, Path saved, Duration patience)
      throws InterruptedException {
    GuestRequest request = request(machine);
    return ask(machine, new LauncherCommand.Restore(request, saved.toString()), patience);
  }

  /** Starts the launcher of a machine that does not run, without a guest yet. */
  public Resident launch(MachineStatus machine) throws InterruptedException {
    MachineDirectory directory = machine.directory().prepared();
    starter.start(directory, false);
    return Resident.dial(directory.launcherSocket());
  }

  /** Connects to the launcher of a running machine; one whose launcher died gets a new one. */
  public Resident dial(MachineStatus machine) throws InterruptedException {
    return switch (machine.liveness()) {
      case RUNNING -> Resident.dial(machine.directory().launcherSocket());
      case ORPHANED -> adopt(machine);
      case STOPPED, STALE -> throw notRunning(machine);
    };
  }

  private Resident adopt(MachineStatus machine) throws InterruptedException {
    starter.start(machine.directory(), true);
    Resident resident = Resident.dial(machine.directory().launcherSocket());
    try {
      awaitAdopted(machine, resident);
      return resident;
    } catch (WireException.Disconnected e) {
      resident.close();
      throw notAdopted(machine).because(e);
    } catch (RuntimeException | InterruptedException e) {
      resident.close();
      throw e;
    }
  }

  /** The launcher answers before it has found its guest. */
  private static void awaitAdopted(MachineStatus machine, Resident resident)
      throws InterruptedException {
    long deadline = System.nanoTime() + ADOPTION.toNanos();
    GuestReport report = resident.subscribe();
    while (report.phase() == GuestPhase.IDLE || report.phase() == GuestPhase.STARTING) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw notAdopted(machine);
      }
      Optional<LauncherEvent> event = resident.next(Duration.ofNanos(left));
      if (event.isPresent() && event.get() instanceof LauncherEvent.ReportChanged changed) {
        report = changed.report();
      }
    }
  }

  private static CliFailure notAdopted(MachineStatus machine) {
    return CliFailure.of(
            ExitCode.LAUNCHER_ERROR,
            "the launcher of machine '"
                + machine.name()
                + "' has died, and a new one cannot take it up")
        .advising("'launcher logs " + machine.name() + " launcher' says why");
  }

  /**
   * Waits until nothing of a machine is alive any more: its launcher ends a moment after its guest.
   */
  public void awaitGone(MachineStatus machine, Duration patience) throws InterruptedException {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("await-launcher")
        .start(
            () -> {
              // The launcher holds the lock until its last breath; the kernel hands it on then.
              try {
                Flock.exclusive(machine.directory().state().resolve("lock")).close();
                gone.complete(null);
              } catch (RuntimeException e) {
                if (Files.isDirectory(machine.directory().state())) {
                  gone.completeExceptionally(e);
                } else {
                  gone.complete(null); // it was to go when it ended, and has gone
                }
              }
            });
    try {
      gone.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw CliFailure.of(
          ExitCode.TIMEOUT, "the launcher of machine '" + machine.name() + "' does not end");
    } catch (ExecutionException e) {
      throw CliFailure.of(
              ExitCode.LAUNCHER_ERROR, "cannot wait for the launcher of '" + machine.name() + "'")
          .because(e);
    }
  }

  private static CliFailure notRunning(MachineStatus machine) {
    String why = machine.liveness() == Liveness.STALE ? " (it did not end well)" : "";
    return CliFailure.of(ExitCode.CONFLICT, "machine '" + machine.name() + "' is not running" + why)
        .advising("'launcher start " + machine.name() + "' starts it");
  }
}
