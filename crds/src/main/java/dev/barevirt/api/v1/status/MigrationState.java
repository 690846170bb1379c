package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.WireName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A migration, under way or done. */
public record MigrationState(
    @Doc("When it began.") @Nullable Instant startTimestamp,
    @Doc("When it ended.") @Nullable Instant endTimestamp,
    @Doc("When the target was ready to receive.") @Nullable Instant targetNodeDomainReadyTimestamp,
    @Doc("Whether the guest was seen on the target.") @Nullable Boolean targetNodeDomainDetected,
    @Doc("The target node's address.") @Nullable String targetNodeAddress,
    @Doc("The target's ports and what each is for.")
        Map<String, Integer> targetDirectMigrationNodePorts,
    @Doc("The node it goes to.") @Nullable String targetNode,
    @Doc("The pod it goes to.") @Nullable String targetPod,
    @Doc("The pod that attaches volumes on the target.") @Nullable String targetAttachmentPodUID,
    @Doc("The node it comes from.") @Nullable String sourceNode,
    @Doc("The pod it comes from.") @Nullable String sourcePod,
    @Doc("Whether it ended.") @Nullable Boolean completed,
    @Doc("Whether it failed.") @Nullable Boolean failed,
    @Doc("Whether somebody asked to give it up.") @Nullable Boolean abortRequested,
    @Doc("How far giving it up is.") @Allowed({"Succeeded", "Failed", "Aborting"})
        @Nullable String abortStatus,
    @Doc("Why it failed.") @Nullable String failureReason,
    @Doc("The UID of the migration object.") @Nullable String migrationUid,
    @Doc("How memory is copied.") @Allowed({"PreCopy", "PostCopy", "Paused"}) @Nullable String mode,
    @Doc("The policy that applied.") @Nullable String migrationPolicyName,
    @Doc("The settings that applied.") @Nullable MigrationConfiguration migrationConfiguration,
    @Doc("The host processors it gets on the target.") List<Integer> targetCPUSet,
    @Doc("The target node's processors and memory.") @Nullable String targetNodeTopology,
    @Doc("The claim with its state on the source.") @Nullable String sourcePersistentStatePVCName,
    @Doc("The claim with its state on the target.") @Nullable String targetPersistentStatePVCName,
    @Doc("The source as it tells itself.") @Nullable Source sourceState,
    @Doc("The target as it tells itself.") @Nullable Target targetState,
    @Doc("The network it travels on.") @Allowed({"Pod", "Migration"})
        @Nullable String migrationNetworkType,
    @Doc("What the hypervisor itself takes on the target.")
        @Nullable Quantity targetMemoryOverhead) {
  public MigrationState {
    targetDirectMigrationNodePorts = Frozen.map(targetDirectMigrationNodePorts);
    targetCPUSet = Frozen.list(targetCPUSet);
  }

  /** The source of a migration. */
  public record Source(
      @Doc("The node.") @Nullable String node,
      @Doc("The pod.") @Nullable String pod,
      @Doc("The UID of the migration object.") @WireName("migrationUID")
          @Nullable String migrationUid,
      @Doc("The guest's name.") @Nullable String domainName,
      @Doc("The guest's namespace.") @Nullable String domainNamespace,
      @Doc("Where its cluster is reached.") @Nullable String syncAddress,
      @Doc("The claim with its state.") @Nullable String persistentStatePVCName,
      @Doc("The context its pod runs in.") @Nullable String selinuxContext,
      @Doc("The UID of the instance.") @Nullable String virtualMachineInstanceUID,
      @Doc("Labels a target node must have.") Map<String, String> nodeSelectors) {
    public Source {
      nodeSelectors = Frozen.map(nodeSelectors);
    }
  }

  /** The target of a migration. */
  public record Target(
      @Doc("The node.") @Nullable String node,
      @Doc("The pod.") @Nullable String pod,
      @Doc("The UID of the migration object.") @WireName("migrationUID")
          @Nullable String migrationUid,
      @Doc("The guest's name.") @Nullable String domainName,
      @Doc("The guest's namespace.") @Nullable String domainNamespace,
      @Doc("Where its cluster is reached.") @Nullable String syncAddress,
      @Doc("The claim with its state.") @Nullable String persistentStatePVCName,
      @Doc("The context its pod runs in.") @Nullable String selinuxContext,
      @Doc("The UID of the instance.") @Nullable String virtualMachineInstanceUID,
      @Doc("When it was ready to receive.") @Nullable Instant domainReadyTimestamp,
      @Doc("Whether the guest was seen.") @Nullable Boolean domainDetected,
      @Doc("The node's address.") @Nullable String nodeAddress,
      @Doc("Its ports and what each is for.") Map<String, Integer> directMigrationNodePorts,
      @Doc("The pod that attaches volumes.") @Nullable String attachmentPodUID,
      @Doc("The host processors it gets.") List<Integer> cpuSet,
      @Doc("The node's processors and memory.") @Nullable String nodeTopology) {
    public Target {
      directMigrationNodePorts = Frozen.map(directMigrationNodePorts);
      cpuSet = Frozen.list(cpuSet);
    }
  }
}
