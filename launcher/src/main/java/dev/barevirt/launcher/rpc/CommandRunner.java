package dev.barevirt.launcher.rpc;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherCommand.Done;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.launcher.guest.GuestController;
import dev.barevirt.launcher.guest.GuestConversation;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.MachineOperations;
import dev.barevirt.launcher.guest.StartOrder;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Does what a command asks of the guest, and gives its answer. */
public final class CommandRunner {
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);
  private static final Done DONE = new Done();

  private final GuestController guest;
  private final FreezeGuard freezer;

  /** A runner for one guest. */
  public CommandRunner(GuestController guest) {
    this.guest = guest;
    this.freezer = new FreezeGuard(guest.ticker(), () -> agent("freeze or thaw file systems"));
  }

  Record run(LauncherCommand<?> command) throws InterruptedException {
    return switch (command) {
      case LauncherCommand.Report _ -> guest.report();
      case LauncherCommand.Sync sync -> sync(sync.request());
      case LauncherCommand.Restore restore -> restore(restore);
      case LauncherCommand.Replug replug -> replug(replug.request());
      case LauncherCommand.Shutdown shutdown -> shutdown(shutdown.graceSeconds());
      case LauncherCommand.Kill kill -> {
        guest.kill(kill.force());
        yield DONE;
      }
      case LauncherCommand.SnapshotDisks snapshot ->
          new LauncherCommand.SnapshotDisks.Taken(
              machine("take a snapshot").snapshotDisks(snapshot.disks(), snapshot.quiesce()));
      case LauncherCommand.Save save -> save(path(save.path()));
      case LauncherCommand.Qmp qmp -> qmp(qmp);
      case LauncherCommand.AgentExec exec -> agent("run a program in the guest").exec(exec);
      case LauncherCommand.AgentExecStatus status ->
          agent("ask about a program in the guest").status(status.pid());
      case LauncherCommand.AgentFileOpen open ->
          new LauncherCommand.AgentFileOpen.Opened(
              agent("open a file in the guest").open(open.path(), open.mode()));
      case LauncherCommand.AgentFileRead read ->
          agent("read a file in the guest").read(read.handle(), read.count());
      case LauncherCommand.AgentInfo _ -> agentInfo();
      case LauncherCommand.AgentFreeze freeze ->
          new LauncherCommand.AgentFreeze.Frozen(freeze(freeze.thawAfterSeconds()));
      case LauncherCommand.AgentThaw _ -> new LauncherCommand.AgentFreeze.Frozen(freezer.thaw());
      case LauncherCommand.Pause _,
          LauncherCommand.Resume _,
          LauncherCommand.Reset _,
          LauncherCommand.SoftReboot _,
          LauncherCommand.InjectNmi _,
          LauncherCommand.Screenshot _,
          LauncherCommand.MoveCursor _,
          LauncherCommand.DumpMemory _,
          LauncherCommand.ResizeDisk _,
          LauncherCommand.SetLink _,
          LauncherCommand.AgentFileWrite _,
          LauncherCommand.AgentFileClose _,
          LauncherCommand.AgentSetPassword _ -> {
        act(command);
        yield DONE;
      }
      case LauncherCommand.Subscribe _, LauncherCommand.OpenStream _ ->
          throw new IllegalArgumentException(command.wireName() + " belongs to a connection");
      case LauncherCommand.DialStream _,
          LauncherCommand.TakeDescriptors _,
          LauncherCommand.Acknowledge _ ->
          throw new GuestException(
              LauncherFault.UNSUPPORTED,
              command.wireName() + " is for launchers that dial, and this one listens");
    };
  }

  private void act(LauncherCommand<?> command) throws InterruptedException {
    switch (command) {
      case LauncherCommand.Pause _ -> machine("pause the guest").pause();
      case LauncherCommand.Resume _ -> machine("resume the guest").resume();
      case LauncherCommand.Reset _ -> machine("reset the guest").reset();
      case LauncherCommand.SoftReboot _ -> machine("reboot the guest").softReboot();
      case LauncherCommand.InjectNmi _ -> machine("interrupt the guest").injectNmi();
      case LauncherCommand.Screenshot shot ->
          machine("take a screenshot").screenshot(path(shot.path()));
      case LauncherCommand.MoveCursor _ -> machine("move the pointer").moveCursor();
      case LauncherCommand.DumpMemory dump ->
          machine("dump the guest's memory").dumpMemory(path(dump.path()));
      case LauncherCommand.ResizeDisk resize ->
          machine("resize disk " + resize.disk()).resizeDisk(resize.disk(), resize.bytes());
      case LauncherCommand.SetLink link ->
          machine("set the link of " + link.networkInterface())
              .setLink(link.networkInterface(), link.up());
      case LauncherCommand.AgentFileWrite write ->
          agent("write a file in the guest").write(write.handle(), write.data());
      case LauncherCommand.AgentFileClose close ->
          agent("close a file in the guest").close(close.handle());
      case LauncherCommand.AgentSetPassword password ->
          agent("set a password in the guest").setPassword(password.user(), password.password());
      case LauncherCommand<?> other ->
          throw new IllegalArgumentException(other.wireName() + " has an answer of its own");
    }
  }

  private int freeze(@Nullable Long thawAfterSeconds) throws InterruptedException {
    return freezer.freeze(
        thawAfterSeconds == null ? null : Duration.ofSeconds(Math.max(1, thawAfterSeconds)));
  }

  private GuestReport sync(GuestRequest request) throws InterruptedException {
    return guest.report().phase().isAlive()
        ? replug(request)
        : guest.start(new StartOrder.Boot(request));
  }

  private GuestReport restore(LauncherCommand.Restore restore) throws InterruptedException {
    return guest.start(new StartOrder.Restore(restore.request(), path(restore.path())));
  }

  private GuestReport replug(GuestRequest request) throws InterruptedException {
    machine("plug devices").replug(request);
    return guest.report();
  }

  private Done shutdown(@Nullable Long graceSeconds) {
    guest.shutdown(
        graceSeconds == null
            ? guest.grace().orElse(DEFAULT_GRACE)
            : Duration.ofSeconds(Math.max(0, graceSeconds)));
    return DONE;
  }

  private Done save(Path file) throws InterruptedException {
    machine("save the guest").save(file);
    guest.saved();
    guest.awaitEnd();
    return DONE;
  }

  private LauncherCommand.Qmp.Answer qmp(LauncherCommand.Qmp qmp) throws InterruptedException {
    String arguments = qmp.arguments() == null ? "{}" : qmp.arguments();
    return new LauncherCommand.Qmp.Answer(machine("talk to QEMU").qmp(qmp.command(), arguments));
  }

  private AgentReport agentInfo() throws InterruptedException {
    return agent("ask the guest about itself").info();
  }

  private MachineOperations machine(String what) {
    return guest.operations(what);
  }

  private GuestConversation agent(String what) {
    return guest.operations(what).agent();
  }

  private static Path path(String given) {
    if (!given.startsWith("/") || given.indexOf('\0') >= 0) {
      throw new GuestException(
          LauncherFault.BAD_REQUEST,
          "a file is named by its absolute path, and this is none: "
              + given.replaceAll("\\p{Cntrl}", "?"));
    }
    return Path.of(given);
  }
}
