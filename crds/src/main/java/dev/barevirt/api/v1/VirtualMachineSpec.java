package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wanted state of a virtual machine. */
public record VirtualMachineSpec(
    @Doc("Whether it runs; an older way to say it, not together with runStrategy.")
        @Nullable Boolean running,
    @Doc("When it is started, and started again.")
        @Allowed({"Always", "Halted", "Manual", "RerunOnFailure", "Once", "WaitAsReceiver"})
        @Nullable String runStrategy,
    @Doc("A size taken from elsewhere; excludes setting the same things in the template.")
        @Nullable InstancetypeMatcher instancetype,
    @Doc("Wishes that fill in what is not set.") @Nullable PreferenceMatcher preference,
    @Doc("The instance that is made each time it starts.") @Required
        @Nullable VirtualMachineInstanceTemplateSpec template,
    @Doc("Volumes made together with it.") List<DataVolumeTemplate> dataVolumeTemplates,
    @Doc("What happens when a volume is exchanged for another.")
        @Allowed({"Migration", "Replacement"})
        @Nullable String updateVolumesStrategy) {
  /** Nothing said. */
  public static final VirtualMachineSpec EMPTY =
      new VirtualMachineSpec(null, null, null, null, null, List.of(), null);

  public VirtualMachineSpec {
    dataVolumeTemplates = Frozen.list(dataVolumeTemplates);
  }

  /** The same with another {@code runStrategy}. */
  public VirtualMachineSpec withRunStrategy(@Nullable String runStrategy) {
    return new VirtualMachineSpec(
        running,
        runStrategy,
        instancetype,
        preference,
        template,
        dataVolumeTemplates,
        updateVolumesStrategy);
  }

  /** The same with another {@code template}. */
  public VirtualMachineSpec withTemplate(@Nullable VirtualMachineInstanceTemplateSpec template) {
    return new VirtualMachineSpec(
        running,
        runStrategy,
        instancetype,
        preference,
        template,
        dataVolumeTemplates,
        updateVolumesStrategy);
  }
}
