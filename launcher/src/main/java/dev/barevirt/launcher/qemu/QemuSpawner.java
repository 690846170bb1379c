package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.machine.CommandLineRenderer;
import dev.barevirt.launcher.machine.FdTable;
import dev.barevirt.launcher.machine.MachinePlan;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.DescriptorShelf;
import dev.barevirt.launcher.os.RunningProcess;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.launcher.os.SpawnRequest;
import dev.barevirt.launcher.store.Remains;
import dev.barevirt.qmp.wire.OwnedFd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Spawns QEMU with everything it inherits, as the user it is to run as. */
final class QemuSpawner {
  private static final Logger LOG = LoggerFactory.getLogger(QemuSpawner.class);
  private static final Duration DYING = Duration.ofSeconds(10);

  private final Children children;
  private final QemuUser user;
  private final RunBook book;
  private final Path runtime;
  private final DescriptorShelf given;

  QemuSpawner(Children children, QemuUser user, RunBook book, Path runtime, DescriptorShelf given) {
    this.children = children;
    this.user = user;
    this.book = book;
    this.runtime = runtime;
    this.given = given;
  }

  /** QEMU and what stands beside it make their sockets in there. */
  void giveRuntimeDirectory() {
    user.give(runtime);
  }

  /** Starts QEMU, which waits with a guest that does not run yet. */
  RunningProcess spawn(MachinePlan plan, ErrorLog errors, Undo undo) {
    FdTable table = plan.fds(FdTable.FIRST);
    List<String> command = new ArrayList<>(user.wrapper());
    command.addAll(CommandLineRenderer.spawned(plan, table));
    try (HostDescriptors inherited = HostDescriptors.open(plan.resources(), runtime, given, undo);
        OwnedFd output = errors.open()) {
      SpawnRequest request =
          SpawnRequest.of(command)
              .withEnvironment(Remains.mark(runtime))
              .in(runtime)
              .inGroup(SpawnRequest.Group.OWN_SESSION)
              .passing(1, output)
              .passing(2, output);
      RunningProcess qemu = children.start(inherited.passedTo(request, table));
      LOG.info("QEMU is process {}", qemu.pid());
      undo.push("end QEMU", () -> end(qemu));
      book.started(qemu.identity());
      return qemu;
    }
  }

  private static void end(RunningProcess qemu) {
    if (qemu.isAlive()) {
      qemu.signal(Signal.KILL);
      boolean _ = qemu.awaitExit(DYING).isPresent(); // beyond that it is the kernel's
    }
  }
}
