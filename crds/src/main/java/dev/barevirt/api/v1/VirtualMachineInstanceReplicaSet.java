package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A number of like instances that is kept. */
public record VirtualMachineInstanceReplicaSet(
    @Doc("The group and version: kubevirt.io/v1.") @Nullable String apiVersion,
    @Doc("The kind: VirtualMachineInstanceReplicaSet.") @Nullable String kind,
    @Doc("The object's name, labels and annotations.") ObjectMeta metadata,
    @Doc("What the user wants.") @Required VirtualMachineInstanceReplicaSetSpec spec,
    @Doc("What is.") @Nullable VirtualMachineInstanceReplicaSetStatus status) {
  public VirtualMachineInstanceReplicaSet {
    metadata = Frozen.orElse(metadata, ObjectMeta.EMPTY);
    spec = Frozen.orElse(spec, VirtualMachineInstanceReplicaSetSpec.EMPTY);
  }
}
