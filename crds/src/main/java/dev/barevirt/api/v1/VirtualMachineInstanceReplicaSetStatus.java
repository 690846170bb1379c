package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.v1.status.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known about a number of like instances. */
public record VirtualMachineInstanceReplicaSetStatus(
    @Doc("How many there are.") @Nullable Integer replicas,
    @Doc("How many of them are ready.") @Nullable Integer readyReplicas,
    @Doc("Single facts, each with its reason.") List<Condition> conditions,
    @Doc("The selector as text, for those who scale.") @Nullable String labelSelector) {
  public VirtualMachineInstanceReplicaSetStatus {
    conditions = Frozen.list(conditions);
  }
}
