package dev.barevirt.api.v1;

import dev.barevirt.api.core.LabelSelector;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** The wanted number of like instances. */
public record VirtualMachineInstanceReplicaSetSpec(
    @Doc("How many there should be; 1 when absent.") @Nullable Integer replicas,
    @Doc("The instances that count; the template's labels must match.") @Required
        @Nullable LabelSelector selector,
    @Doc("The instance each of them is.") @Required
        @Nullable VirtualMachineInstanceTemplateSpec template,
    @Doc("Whether instances are left as they are for now.") @Nullable Boolean paused) {
  /** Nothing said. */
  public static final VirtualMachineInstanceReplicaSetSpec EMPTY =
      new VirtualMachineInstanceReplicaSetSpec(null, null, null, null);
}
