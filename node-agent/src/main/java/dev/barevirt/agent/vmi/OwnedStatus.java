package dev.barevirt.agent.vmi;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.v1.domain.CpuTopology;
import dev.barevirt.api.v1.domain.Machine;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.api.v1.status.GuestOsInfo;
import dev.barevirt.api.v1.status.InterfaceStatus;
import dev.barevirt.api.v1.status.MemoryStatus;
import dev.barevirt.api.v1.status.PhaseTransitionTimestamp;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of an instance's status that its node writes, under the names it has there. What is
 * absent here is either unknown or the controller's.
 */
record OwnedStatus(
    @Nullable String phase,
    @Nullable String reason,
    List<PhaseTransitionTimestamp> phaseTransitionTimestamps,
    List<Condition> conditions,
    List<InterfaceStatus> interfaces,
    @Nullable GuestOsInfo guestOSInfo,
    @Nullable String fsFreezeStatus,
    @Nullable Machine machine,
    @Nullable CpuTopology currentCPUTopology,
    @Nullable MemoryStatus memory) {
  /** Whether the guest can be used. The controller's until the guest runs. */
  static final String READY = "Ready";

  /** Whether the guest's processors stand still. */
  static final String PAUSED = "Paused";

  /** Whether the guest is as its manifest says. */
  static final String SYNCHRONIZED = "Synchronized";

  /** Whether the guest's agent answers. */
  static final String AGENT_CONNECTED = "AgentConnected";

  /** Whether the guest can move to another node while it runs. */
  static final String LIVE_MIGRATABLE = "LiveMigratable";

  /** Whether the guest's disks can move while it runs. */
  static final String STORAGE_LIVE_MIGRATABLE = "StorageLiveMigratable";

  private static final Set<String> TYPES =
      Set.of(
          READY, PAUSED, SYNCHRONIZED, AGENT_CONNECTED, LIVE_MIGRATABLE, STORAGE_LIVE_MIGRATABLE);

  OwnedStatus {
    phaseTransitionTimestamps = Frozen.list(phaseTransitionTimestamps);
    conditions = Frozen.list(conditions);
    interfaces = Frozen.list(interfaces);
  }

  /**
   * What a status has of it now.
   *
   * @param withReady whether the condition that the controller writes first is the node's already
   */
  static OwnedStatus of(VirtualMachineInstanceStatus status, boolean withReady) {
    MemoryStatus memory = status.memory();
    return new OwnedStatus(
        status.phase(),
        status.reason(),
        status.phaseTransitionTimestamps(),
        status.conditions().stream()
            .filter(condition -> TYPES.contains(condition.type()))
            .filter(condition -> withReady || !condition.type().equals(READY))
            .toList(),
        status.interfaces(),
        status.guestOSInfo(),
        status.fsFreezeStatus(),
        status.machine(),
        status.currentCPUTopology(),
        memory == null || memory.guestCurrent() == null ? null : withoutOverhead(memory));
  }

  /** The controller reckons the overhead. */
  private static MemoryStatus withoutOverhead(MemoryStatus memory) {
    return new MemoryStatus(
        memory.guestAtBoot(), memory.guestCurrent(), memory.guestRequested(), null);
  }
}
