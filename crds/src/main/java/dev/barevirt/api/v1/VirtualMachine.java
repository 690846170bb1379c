package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A virtual machine that may or may not run. */
public record VirtualMachine(
    @Doc("The group and version: kubevirt.io/v1.") @Nullable String apiVersion,
    @Doc("The kind: VirtualMachine.") @Nullable String kind,
    @Doc("The object's name, labels and annotations.") ObjectMeta metadata,
    @Doc("What the user wants.") @Required VirtualMachineSpec spec,
    @Doc("What is.") @Nullable VirtualMachineStatus status) {
  /** Nothing said. */
  public static final VirtualMachine EMPTY =
      new VirtualMachine(null, null, ObjectMeta.EMPTY, VirtualMachineSpec.EMPTY, null);

  public VirtualMachine {
    metadata = Frozen.orElse(metadata, ObjectMeta.EMPTY);
    spec = Frozen.orElse(spec, VirtualMachineSpec.EMPTY);
  }

  /** The same with another {@code metadata}. */
  public VirtualMachine withMetadata(ObjectMeta metadata) {
    return new VirtualMachine(apiVersion, kind, metadata, spec, status);
  }

  /** The same with another {@code spec}. */
  public VirtualMachine withSpec(VirtualMachineSpec spec) {
    return new VirtualMachine(apiVersion, kind, metadata, spec, status);
  }

  /** The same with another {@code status}. */
  public VirtualMachine withStatus(@Nullable VirtualMachineStatus status) {
    return new VirtualMachine(apiVersion, kind, metadata, spec, status);
  }
}
