package dev.barevirt.api.v1;

import dev.barevirt.api.core.LabelSelector;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import dev.barevirt.api.v1.domain.Domain;
import org.jspecify.annotations.Nullable;

/** Hardware, and who gets it. */
public record VirtualMachineInstancePresetSpec(
    @Doc("The instances that get it.") @Required @Nullable LabelSelector selector,
    @Doc("What they get.") @Nullable Domain domain) {
  /** Nothing said. */
  public static final VirtualMachineInstancePresetSpec EMPTY =
      new VirtualMachineInstancePresetSpec(null, null);
}
