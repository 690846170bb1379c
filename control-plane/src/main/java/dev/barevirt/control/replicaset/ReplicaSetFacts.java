package dev.barevirt.control.replicaset;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceReplicaSet;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known when it is decided about a replica set.
 *
 * @param set the replica set
 * @param instances the instances it owns
 * @param now the time
 */
record ReplicaSetFacts(
    VirtualMachineInstanceReplicaSet set, List<VirtualMachineInstance> instances, Instant now) {
  ReplicaSetFacts {
    instances = List.copyOf(instances);
  }

  /** How many there should be. */
  int wanted() {
    return Optional.ofNullable(set.spec().replicas()).orElse(1);
  }

  /** Those that run or are about to. */
  List<VirtualMachineInstance> living() {
    return instances.stream()
        .filter(instance -> !isDeleted(instance) && !phase(instance).isFinal())
        .toList();
  }

  static boolean isDeleted(VirtualMachineInstance instance) {
    return instance.metadata().deletionTimestamp() != null;
  }

  static VmiPhase phase(VirtualMachineInstance instance) {
    return Optional.ofNullable(instance.status())
        .map(VirtualMachineInstanceStatus::phase)
        .flatMap(VmiPhase::of)
        .orElse(VmiPhase.UNSET);
  }

  static boolean isReady(VirtualMachineInstance instance) {
    List<Condition> conditions =
        Optional.ofNullable(instance.status())
            .map(VirtualMachineInstanceStatus::conditions)
            .orElse(List.of());
    return Conditions.isTrue(conditions, "Ready");
  }
}
