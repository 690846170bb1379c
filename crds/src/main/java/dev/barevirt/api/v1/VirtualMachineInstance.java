package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import org.jspecify.annotations.Nullable;

/** A virtual machine that runs, or is about to, or has ended. */
public record VirtualMachineInstance(
    @Doc("The group and version: kubevirt.io/v1.") @Nullable String apiVersion,
    @Doc("The kind: VirtualMachineInstance.") @Nullable String kind,
    @Doc("The object's name, labels and annotations.") ObjectMeta metadata,
    @Doc("What the user wants.") @Required VirtualMachineInstanceSpec spec,
    @Doc("What is.") @Nullable VirtualMachineInstanceStatus status) {
  /** Nothing said. */
  public static final VirtualMachineInstance EMPTY =
      new VirtualMachineInstance(
          null, null, ObjectMeta.EMPTY, VirtualMachineInstanceSpec.EMPTY, null);

  public VirtualMachineInstance {
    metadata = Frozen.orElse(metadata, ObjectMeta.EMPTY);
    spec = Frozen.orElse(spec, VirtualMachineInstanceSpec.EMPTY);
  }

  /** The same with another {@code metadata}. */
  public VirtualMachineInstance withMetadata(ObjectMeta metadata) {
    return new VirtualMachineInstance(apiVersion, kind, metadata, spec, status);
  }

  /** The same with another {@code spec}. */
  public VirtualMachineInstance withSpec(VirtualMachineInstanceSpec spec) {
    return new VirtualMachineInstance(apiVersion, kind, metadata, spec, status);
  }

  /** The same with another {@code status}. */
  public VirtualMachineInstance withStatus(@Nullable VirtualMachineInstanceStatus status) {
    return new VirtualMachineInstance(apiVersion, kind, metadata, spec, status);
  }
}
