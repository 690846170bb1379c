package dev.barevirt.qmp.event;

import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.RecordJson;
import dev.barevirt.qmp.wire.WireEvent;
import dev.barevirt.qmp.wire.WireException;

/** Reads an event into its record. */
public final class EventReader {
  /** Events are read on the event loop; beyond this size that would hold up everybody else. */
  private static final int BIGGEST = 64 * 1024;

  private EventReader() {}

  /** The event's record; {@link Unknown} when there is none, or its data does not fit. */
  public static QmpEvent read(WireEvent event) {
    if (event.data().length() > BIGGEST) {
      return new Unknown(event.name(), event.data());
    }
    try {
      return known(event, event.data().tree());
    } catch (WireException.Malformed _) {
      return new Unknown(event.name(), event.data());
    }
  }

  private static QmpEvent known(WireEvent event, Json data) {
    return switch (event.name()) {
      case "SHUTDOWN" -> read(data, Shutdown.class);
      case "POWERDOWN" -> read(data, Powerdown.class);
      case "RESET" -> read(data, Reset.class);
      case "STOP" -> read(data, Stop.class);
      case "RESUME" -> read(data, Resume.class);
      case "SUSPEND" -> read(data, Suspend.class);
      case "SUSPEND_DISK" -> read(data, SuspendDisk.class);
      case "WAKEUP" -> read(data, Wakeup.class);
      case "WATCHDOG" -> read(data, Watchdog.class);
      case "GUEST_PANICKED" -> read(data, GuestPanicked.class);
      case "GUEST_CRASHLOADED" -> read(data, GuestCrashLoaded.class);
      case "GUEST_PVSHUTDOWN" -> read(data, GuestPvshutdown.class);
      case "MEMORY_FAILURE" -> read(data, MemoryFailure.class);
      case "DEVICE_TRAY_MOVED" -> read(data, DeviceTrayMoved.class);
      case "PR_MANAGER_STATUS_CHANGED" -> read(data, PrManagerStatusChanged.class);
      case "BLOCK_IMAGE_CORRUPTED" -> read(data, BlockImageCorrupted.class);
      case "BLOCK_IO_ERROR" -> read(data, BlockIoError.class);
      case "BLOCK_JOB_COMPLETED" -> read(data, BlockJobCompleted.class);
      case "BLOCK_JOB_CANCELLED" -> read(data, BlockJobCancelled.class);
      case "BLOCK_JOB_ERROR" -> read(data, BlockJobError.class);
      case "BLOCK_JOB_READY" -> read(data, BlockJobReady.class);
      case "BLOCK_JOB_PENDING" -> read(data, BlockJobPending.class);
      case "BLOCK_WRITE_THRESHOLD" -> read(data, BlockWriteThreshold.class);
      case "QUORUM_FAILURE" -> read(data, QuorumFailure.class);
      case "QUORUM_REPORT_BAD" -> read(data, QuorumReportBad.class);
      case "JOB_STATUS_CHANGE" -> read(data, JobStatusChange.class);
      case "BLOCK_EXPORT_DELETED" -> read(data, BlockExportDeleted.class);
      case "VSERPORT_CHANGE" -> read(data, VserportChange.class);
      case "DUMP_COMPLETED" -> read(data, DumpCompleted.class);
      case "NIC_RX_FILTER_CHANGED" -> read(data, NicRxFilterChanged.class);
      case "FAILOVER_NEGOTIATED" -> read(data, FailoverNegotiated.class);
      case "NETDEV_STREAM_CONNECTED" -> read(data, NetdevStreamConnected.class);
      case "NETDEV_STREAM_DISCONNECTED" -> read(data, NetdevStreamDisconnected.class);
      case "NETDEV_VHOST_USER_CONNECTED" -> read(data, NetdevVhostUserConnected.class);
      case "NETDEV_VHOST_USER_DISCONNECTED" -> read(data, NetdevVhostUserDisconnected.class);
      case "RDMA_GID_STATUS_CHANGED" -> read(data, RdmaGidStatusChanged.class);
      case "SPICE_CONNECTED" -> read(data, SpiceConnected.class);
      case "SPICE_INITIALIZED" -> read(data, SpiceInitialized.class);
      case "SPICE_DISCONNECTED" -> read(data, SpiceDisconnected.class);
      case "SPICE_MIGRATE_COMPLETED" -> read(data, SpiceMigrateCompleted.class);
      case "VNC_CONNECTED" -> read(data, VncConnected.class);
      case "VNC_INITIALIZED" -> read(data, VncInitialized.class);
      case "VNC_DISCONNECTED" -> read(data, VncDisconnected.class);
      case "MIGRATION" -> read(data, Migration.class);
      case "MIGRATION_PASS" -> read(data, MigrationPass.class);
      case "COLO_EXIT" -> read(data, ColoExit.class);
      case "UNPLUG_PRIMARY" -> read(data, UnplugPrimary.class);
      case "DEVICE_DELETED" -> read(data, DeviceDeleted.class);
      case "DEVICE_UNPLUG_GUEST_ERROR" -> read(data, DeviceUnplugGuestError.class);
      case "BALLOON_CHANGE" -> read(data, BalloonChange.class);
      case "HV_BALLOON_STATUS_REPORT" -> read(data, HvBalloonStatusReport.class);
      case "MEMORY_DEVICE_SIZE_CHANGE" -> read(data, MemoryDeviceSizeChange.class);
      case "MEM_UNPLUG_ERROR" -> read(data, MemUnplugError.class);
      case "RTC_CHANGE" -> read(data, RtcChange.class);
      case "VFU_CLIENT_HANGUP" -> read(data, VfuClientHangup.class);
      case "VFIO_MIGRATION" -> read(data, VfioMigration.class);
      case "ACPI_DEVICE_OST" -> read(data, AcpiDeviceOst.class);
      default -> new Unknown(event.name(), event.data());
    };
  }

  private static <E extends Record & QmpEvent> QmpEvent read(Json data, Class<E> type) {
    return RecordJson.read(data, type);
  }
}
