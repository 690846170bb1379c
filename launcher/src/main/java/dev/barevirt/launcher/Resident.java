package dev.barevirt.launcher;

import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.launcher.guest.GuestController;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.MachineStarter;
import dev.barevirt.launcher.guest.StartOrder;
import dev.barevirt.launcher.guest.SystemTicker;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.qemu.MachineRecord;
import dev.barevirt.launcher.rpc.CommandRunner;
import dev.barevirt.launcher.rpc.LauncherServer;
import dev.barevirt.launcher.rpc.StreamOpener;
import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.WireLimits;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireServer;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The launcher of one guest, from its first request to the guest's end. */
final class Resident {
  private static final Logger LOG = LoggerFactory.getLogger(Resident.class);
  private static final Duration UNUSED = Duration.ofMinutes(1);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

  private final WireLoop loop;
  private final MachineDirectory machine;
  private final MachineStarter starter;

  Resident(WireLoop loop, MachineDirectory machine, MachineStarter starter) {
    this.loop = loop;
    this.machine = machine;
    this.starter = starter;
  }

  /**
   * Serves until the guest has ended, or nobody has asked for one in a minute.
   *
   * @param socket listens for the contract's clients
   * @param adopt whether a QEMU of an earlier launcher is to be taken up
   */
  void serve(OwnedFd socket, boolean adopt) throws InterruptedException {
    try (SystemTicker ticker = new SystemTicker();
        GuestController guest = new GuestController(starter, ticker)) {
      ReportKeeper keeper = new ReportKeeper(machine);
      guest.subscribe(keeper);
      CommandRunner runner = new CommandRunner(guest);
      StreamOpener streams = new StreamOpener(guest, machine.serialLog());
      LauncherServer service =
          new LauncherServer(guest, runner, streams, Privileges.current().uid());
      try (WireServer _ = WireServer.over(loop, socket, WireLimits.rpc(), service)) {
        if (adopt) {
          adopt(guest);
        }
        GuestReport last = guest.awaitFinish(UNUSED);
        LOG.info("the guest has ended: {} {}", last.phase(), last.reason());
        keeper.finish(last);
        service.awaitAnswered(LAST_ANSWERS);
      }
    }
  }

  private void adopt(GuestController guest) throws InterruptedException {
    Optional<MachineRecord> record = MachineRecord.read(machine.state().resolve("machine.json"));
    if (record.isEmpty()) {
      LOG.error("nothing in {} tells what ran here", machine.state());
      return;
    }
    try {
      guest.start(new StartOrder.Adopt(record.get().request(), ReportKeeper.startedAt(machine)));
    } catch (GuestException gone) {
      LOG.error("the guest could not be taken up again: {}", gone.getMessage());
    }
  }
}
