package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** Hardware that instances with certain labels get when they are made. */
public record VirtualMachineInstancePreset(
    @Doc("The group and version: kubevirt.io/v1.") @Nullable String apiVersion,
    @Doc("The kind: VirtualMachineInstancePreset.") @Nullable String kind,
    @Doc("The object's name, labels and annotations.") ObjectMeta metadata,
    @Doc("What the user wants.") @Required VirtualMachineInstancePresetSpec spec) {
  public VirtualMachineInstancePreset {
    metadata = Frozen.orElse(metadata, ObjectMeta.EMPTY);
    spec = Frozen.orElse(spec, VirtualMachineInstancePresetSpec.EMPTY);
  }
}
