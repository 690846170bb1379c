package dev.barevirt.launcher.guest;

import dev.barevirt.qmp.event.AcpiDeviceOst;
import dev.barevirt.qmp.event.BalloonChange;
import dev.barevirt.qmp.event.BlockExportDeleted;
import dev.barevirt.qmp.event.BlockImageCorrupted;
import dev.barevirt.qmp.event.BlockIoError;
import dev.barevirt.qmp.event.BlockJobCancelled;
import dev.barevirt.qmp.event.BlockJobCompleted;
import dev.barevirt.qmp.event.BlockJobError;
import dev.barevirt.qmp.event.BlockJobPending;
import dev.barevirt.qmp.event.BlockJobReady;
import dev.barevirt.qmp.event.BlockWriteThreshold;
import dev.barevirt.qmp.event.ColoExit;
import dev.barevirt.qmp.event.DeviceDeleted;
import dev.barevirt.qmp.event.DeviceTrayMoved;
import dev.barevirt.qmp.event.DeviceUnplugGuestError;
import dev.barevirt.qmp.event.DumpCompleted;
import dev.barevirt.qmp.event.FailoverNegotiated;
import dev.barevirt.qmp.event.GuestCrashLoaded;
import dev.barevirt.qmp.event.GuestPanicked;
import dev.barevirt.qmp.event.GuestPvshutdown;
import dev.barevirt.qmp.event.HvBalloonStatusReport;
import dev.barevirt.qmp.event.IoErrorAction;
import dev.barevirt.qmp.event.JobStatusChange;
import dev.barevirt.qmp.event.MemUnplugError;
import dev.barevirt.qmp.event.MemoryDeviceSizeChange;
import dev.barevirt.qmp.event.MemoryFailure;
import dev.barevirt.qmp.event.Migration;
import dev.barevirt.qmp.event.MigrationPass;
import dev.barevirt.qmp.event.NetdevStreamConnected;
import dev.barevirt.qmp.event.NetdevStreamDisconnected;
import dev.barevirt.qmp.event.NetdevVhostUserConnected;
import dev.barevirt.qmp.event.NetdevVhostUserDisconnected;
import dev.barevirt.qmp.event.NicRxFilterChanged;
import dev.barevirt.qmp.event.Powerdown;
import dev.barevirt.qmp.event.PrManagerStatusChanged;
import dev.barevirt.qmp.event.QmpEvent;
import dev.barevirt.qmp.event.QuorumFailure;
import dev.barevirt.qmp.event.QuorumReportBad;
import dev.barevirt.qmp.event.RdmaGidStatusChanged;
import dev.barevirt.qmp.event.Reset;
import dev.barevirt.qmp.event.Resume;
import dev.barevirt.qmp.event.RtcChange;
import dev.barevirt.qmp.event.Shutdown;
import dev.barevirt.qmp.event.SpiceConnected;
import dev.barevirt.qmp.event.SpiceDisconnected;
import dev.barevirt.qmp.event.SpiceInitialized;
import dev.barevirt.qmp.event.SpiceMigrateCompleted;
import dev.barevirt.qmp.event.Stop;
import dev.barevirt.qmp.event.Suspend;
import dev.barevirt.qmp.event.SuspendDisk;
import dev.barevirt.qmp.event.Unknown;
import dev.barevirt.qmp.event.UnplugPrimary;
import dev.barevirt.qmp.event.VfioMigration;
import dev.barevirt.qmp.event.VfuClientHangup;
import dev.barevirt.qmp.event.VncConnected;
import dev.barevirt.qmp.event.VncDisconnected;
import dev.barevirt.qmp.event.VncInitialized;
import dev.barevirt.qmp.event.VserportChange;
import dev.barevirt.qmp.event.Wakeup;
import dev.barevirt.qmp.event.Watchdog;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts what QEMU says into the words of a guest's life; most of it is about something else. */
public final class GuestEventTranslator {

  private GuestEventTranslator() {}

  /** What an event means for the guest's life, if anything. */
  public static Optional<GuestNews> translate(QmpEvent event) {
    return switch (event) {
      case Stop _ -> Optional.of(new GuestNews.Stopped());
      case Resume _ -> Optional.of(new GuestNews.Resumed());
      case Reset reset -> Optional.of(new GuestNews.WasReset(reset.guest()));
      case GuestPanicked panicked -> Optional.of(new GuestNews.Panicked(described(panicked)));
      case Watchdog watchdog -> Optional.of(new GuestNews.WatchdogFired(action(watchdog)));
      case BlockIoError error -> Optional.of(failed(error));
      case Shutdown shutdown -> ends(shutdown);
      case AcpiDeviceOst _,
          BalloonChange _,
          BlockExportDeleted _,
          BlockImageCorrupted _,
          BlockJobCancelled _,
          BlockJobCompleted _,
          BlockJobError _,
          BlockJobPending _,
          BlockJobReady _,
          BlockWriteThreshold _,
          ColoExit _,
          DeviceDeleted _,
          DeviceTrayMoved _,
          DeviceUnplugGuestError _,
          DumpCompleted _,
          FailoverNegotiated _,
          GuestCrashLoaded _,
          GuestPvshutdown _,
          HvBalloonStatusReport _,
          JobStatusChange _,
          MemUnplugError _,
          MemoryDeviceSizeChange _,
          MemoryFailure _,
          Migration _,
          MigrationPass _,
          NetdevStreamConnected _,
          NetdevStreamDisconnected _,
          NetdevVhostUserConnected _,
          NetdevVhostUserDisconnected _,
          NicRxFilterChanged _,
          Powerdown _,
          PrManagerStatusChanged _,
          QuorumFailure _,
          QuorumReportBad _,
          RdmaGidStatusChanged _,
          RtcChange _,
          SpiceConnected _,
          SpiceDisconnected _,
          SpiceInitialized _,
          SpiceMigrateCompleted _,
          Suspend _,
          SuspendDisk _,
          Unknown _,
          UnplugPrimary _,
          VfioMigration _,
          VfuClientHangup _,
          VncConnected _,
          VncDisconnected _,
          VncInitialized _,
          VserportChange _,
          Wakeup _ ->
          Optional.empty();
    };
  }

  private static @Nullable String described(GuestPanicked panicked) {
    return panicked.info().isPresent() ? "the guest said " + panicked.info() : null;
  }

  private static GuestNews.WatchdogAction action(Watchdog watchdog) {
    return switch (watchdog.action()) {
      case RESET -> GuestNews.WatchdogAction.RESET;
      case SHUTDOWN -> GuestNews.WatchdogAction.SHUTDOWN;
      case POWEROFF -> GuestNews.WatchdogAction.POWEROFF;
      case PAUSE -> GuestNews.WatchdogAction.PAUSE;
      case DEBUG, NONE, INJECT_NMI, UNKNOWN -> GuestNews.WatchdogAction.OTHER;
    };
  }

  private static GuestNews failed(BlockIoError error) {
    String device = error.device().isEmpty() ? error.nodeName() : error.device();
    String message = error.nospace() ? "no space is left on the host" : error.reason();
    return new GuestNews.IoFailed(device, message, error.action() == IoErrorAction.STOP);
  }

  /** A machine that is only reset says so too, under its own event. */
  private static Optional<GuestNews> ends(Shutdown shutdown) {
    return switch (shutdown.reason()) {
      case GUEST_SHUTDOWN -> ending(ShutdownCause.GUEST_SHUTDOWN);
      case GUEST_RESET -> ending(ShutdownCause.GUEST_RESET);
      case GUEST_PANIC -> ending(ShutdownCause.GUEST_PANIC);
      case HOST_QMP_QUIT -> ending(ShutdownCause.QUIT);
      case HOST_SIGNAL -> ending(ShutdownCause.SIGNAL);
      case HOST_ERROR -> ending(ShutdownCause.ERROR);
      case HOST_UI, NONE, HOST_QMP_SYSTEM_RESET, SUBSYSTEM_RESET, SNAPSHOT_LOAD, UNKNOWN ->
          ending(ShutdownCause.OTHER);
    };
  }

  private static Optional<GuestNews> ending(ShutdownCause cause) {
    return Optional.of(new GuestNews.ShutsDown(cause));
  }
}
