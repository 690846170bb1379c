package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import dev.barevirt.api.schema.Unsigned;
import dev.barevirt.api.schema.WireName;
import dev.barevirt.api.v1.domain.CpuTopology;
import dev.barevirt.api.v1.domain.Machine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known about an instance. */
public record VirtualMachineInstanceStatus(
    @Doc("The node it runs on.") @Nullable String nodeName,
    @Doc("Why it is in its phase, in a word.") @Nullable String reason,
    @Doc("Single facts, each with its reason.") List<Condition> conditions,
    @Doc("Where it is in its life.")
        @Allowed({
          "Pending",
          "Scheduling",
          "Scheduled",
          "Running",
          "Succeeded",
          "Failed",
          "WaitingForSync",
          "Unknown"
        })
        @Nullable String phase,
    @Doc("When it came into each phase.") List<PhaseTransitionTimestamp> phaseTransitionTimestamps,
    @Doc("Its network interfaces as they are.") List<InterfaceStatus> interfaces,
    @Doc("The operating system in the guest.") @Nullable GuestOsInfo guestOSInfo,
    @Doc("A migration, under way or done.") @Nullable MigrationState migrationState,
    @Doc("Whether its disks move too.") @Allowed({"BlockMigration", "LiveMigration"})
        @Nullable String migrationMethod,
    @Doc("How a migration travels.") @Nullable String migrationTransport,
    @Doc("How its pod ranks when the node is short.") @Nullable String qosClass,
    @Doc("The image its launcher runs from.") @Nullable String launcherContainerImageVersion,
    @Doc("The node it is asked to leave.") @Nullable String evacuationNodeName,
    @Doc("The node of each of its pods, by the pod's UID.") Map<String, String> activePods,
    @Doc("Its volumes as they are.") List<VolumeStatus> volumeStatus,
    @Doc("The kernel it was booted with.") @Nullable KernelBootStatus kernelBootStatus,
    @Doc("Whether its file systems stand still.") @Nullable String fsFreezeStatus,
    @Doc("What a node must offer to take it.") @Nullable TopologyHints topologyHints,
    @Doc("The revision of the virtual machine it was made from.")
        @Nullable String virtualMachineRevisionName,
    @Doc("The user its hypervisor runs as.") @Required @Unsigned @Nullable Long runtimeUser,
    @Doc("Its address on vsock.") @WireName("VSOCKCID") @Unsigned @Nullable Long vsockCid,
    @Doc("The context its pod runs in.") @Nullable String selinuxContext,
    @Doc("The machine type it really has.") @Nullable Machine machine,
    @Doc("The processors it really has.") @Nullable CpuTopology currentCPUTopology,
    @Doc("The memory it really has.") @Nullable MemoryStatus memory,
    @Doc("Volumes exchanged while it runs.") List<MigratedVolume> migratedVolumes,
    @Doc("Whether changed blocks are tracked for backups.")
        @Nullable ChangedBlockTrackingStatus changedBlockTracking) {
  /** Nothing said. */
  public static final VirtualMachineInstanceStatus EMPTY =
      new VirtualMachineInstanceStatus(
          null, null, List.of(), null, List.of(), List.of(), null, null, null, null, null, null,
          null, Map.of(), List.of(), null, null, null, null, null, null, null, null, null, null,
          List.of(), null);

  public VirtualMachineInstanceStatus {
    conditions = Frozen.list(conditions);
    phaseTransitionTimestamps = Frozen.list(phaseTransitionTimestamps);
    interfaces = Frozen.list(interfaces);
    activePods = Frozen.map(activePods);
    volumeStatus = Frozen.list(volumeStatus);
    migratedVolumes = Frozen.list(migratedVolumes);
  }
}
