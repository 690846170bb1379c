package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** One move of a running instance to another node. */
public record VirtualMachineInstanceMigration(
    @Doc("The group and version: kubevirt.io/v1.") @Nullable String apiVersion,
    @Doc("The kind: VirtualMachineInstanceMigration.") @Nullable String kind,
    @Doc("The object's name, labels and annotations.") ObjectMeta metadata,
    @Doc("What the user wants.") @Required VirtualMachineInstanceMigrationSpec spec,
    @Doc("What is.") @Nullable VirtualMachineInstanceMigrationStatus status) {
  public VirtualMachineInstanceMigration {
    metadata = Frozen.orElse(metadata, ObjectMeta.EMPTY);
    spec = Frozen.orElse(spec, VirtualMachineInstanceMigrationSpec.EMPTY);
  }
}
