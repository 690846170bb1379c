package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.v1.status.ChangedBlockTrackingStatus;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.api.v1.status.InstancetypeStatusRef;
import dev.barevirt.api.v1.status.MemoryDumpRequest;
import dev.barevirt.api.v1.status.StartFailure;
import dev.barevirt.api.v1.status.StateChangeRequest;
import dev.barevirt.api.v1.status.VolumeRequest;
import dev.barevirt.api.v1.status.VolumeSnapshotStatus;
import dev.barevirt.api.v1.status.VolumeUpdateState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known about a virtual machine. */
public record VirtualMachineStatus(
    @Doc("The snapshot being taken.") @Nullable String snapshotInProgress,
    @Doc("The restore being done.") @Nullable String restoreInProgress,
    @Doc("Whether an instance exists.") @Nullable Boolean created,
    @Doc("Whether the instance is ready to serve.") @Nullable Boolean ready,
    @Doc("One word for people.") @Nullable String printableStatus,
    @Doc("Single facts, each with its reason.") List<Condition> conditions,
    @Doc("Starts and stops that were asked for and not done yet.")
        List<StateChangeRequest> stateChangeRequests,
    @Doc("Volumes to attach or detach.") List<VolumeRequest> volumeRequests,
    @Doc("Which volumes a snapshot would contain.")
        List<VolumeSnapshotStatus> volumeSnapshotStatuses,
    @Doc("Failed starts in a row.") @Nullable StartFailure startFailure,
    @Doc("A dump of memory that was asked for.") @Nullable MemoryDumpRequest memoryDumpRequest,
    @Doc("The generation this status talks about.") @Nullable Long observedGeneration,
    @Doc("The generation that should be reached.") @Nullable Long desiredGeneration,
    @Doc("The run strategy this status talks about.") @Nullable String runStrategy,
    @Doc("An exchange of volumes under way.") @Nullable VolumeUpdateState volumeUpdateState,
    @Doc("Whether changed blocks are tracked for backups.")
        @Nullable ChangedBlockTrackingStatus changedBlockTracking,
    @Doc("The size in use.") @Nullable InstancetypeStatusRef instancetypeRef,
    @Doc("The wishes in use.") @Nullable InstancetypeStatusRef preferenceRef) {
  /** Nothing said. */
  public static final VirtualMachineStatus EMPTY =
      new VirtualMachineStatus(
          null, null, null, null, null, List.of(), List.of(), List.of(), List.of(), null, null,
          null, null, null, null, null, null, null);

  public VirtualMachineStatus {
    conditions = Frozen.list(conditions);
    stateChangeRequests = Frozen.list(stateChangeRequests);
    volumeRequests = Frozen.list(volumeRequests);
    volumeSnapshotStatuses = Frozen.list(volumeSnapshotStatuses);
  }
}
