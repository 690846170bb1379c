package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.schema.Doc;

/** An instance as it will be made. */
public record VirtualMachineInstanceTemplateSpec(
    @Doc("Labels and annotations the instance gets.") ObjectMeta metadata,
    @Doc("The instance's specification.") VirtualMachineInstanceSpec spec) {
  /** Nothing said. */
  public static final VirtualMachineInstanceTemplateSpec EMPTY =
      new VirtualMachineInstanceTemplateSpec(ObjectMeta.EMPTY, VirtualMachineInstanceSpec.EMPTY);

  public VirtualMachineInstanceTemplateSpec {
    metadata = Frozen.orElse(metadata, ObjectMeta.EMPTY);
    spec = Frozen.orElse(spec, VirtualMachineInstanceSpec.EMPTY);
  }

  /** The same with another {@code metadata}. */
  public VirtualMachineInstanceTemplateSpec withMetadata(ObjectMeta metadata) {
    return new VirtualMachineInstanceTemplateSpec(metadata, spec);
  }

  /** The same with another {@code spec}. */
  public VirtualMachineInstanceTemplateSpec withSpec(VirtualMachineInstanceSpec spec) {
    return new VirtualMachineInstanceTemplateSpec(metadata, spec);
  }
}
