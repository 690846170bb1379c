package dev.barevirt.api.cdi;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.TypedObjectReference;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a data volume is filled and stored. */
public record DataVolumeSpec(
    @Doc("What it is filled from.") @Nullable DataVolumeSource source,
    @Doc("An object that says what it is filled from.") @Nullable TypedObjectReference sourceRef,
    @Doc("The claim it makes.") @Nullable ClaimSpec pvc,
    @Doc("The claim it makes, with what is missing filled in from the storage's profile.")
        @Nullable ClaimSpec storage,
    @Doc("How important the pods are that fill it.") @Nullable String priorityClassName,
    @Doc("Whether it is a disk image or an archive.") @Allowed({"kubevirt", "archive"})
        @Nullable String contentType,
    @Doc("Stages of an import in several steps.") List<Checkpoint> checkpoints,
    @Doc("Whether the last stage was named.") @Nullable Boolean finalCheckpoint,
    @Doc("Whether its space is taken up front.") @Nullable Boolean preallocation) {
  public DataVolumeSpec {
    checkpoints = Frozen.list(checkpoints);
  }

  /** A stage of an import. */
  public record Checkpoint(
      @Doc("The stage before it.") @Required String previous,
      @Doc("The stage.") @Required String current) {
    public Checkpoint {
      previous = Frozen.orElse(previous, "");
      current = Frozen.orElse(current, "");
    }
  }
}
