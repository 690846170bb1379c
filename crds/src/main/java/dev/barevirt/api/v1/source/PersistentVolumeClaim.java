package dev.barevirt.api.v1.source;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A claim for storage. */
public record PersistentVolumeClaim(
    @Doc("The claim.") @Required String claimName,
    @Doc("Whether it is mounted read only.") @Nullable Boolean readOnly,
    @Doc("Whether it can be detached while the guest runs.") @Nullable Boolean hotpluggable) {
  public PersistentVolumeClaim {
    claimName = Frozen.orElse(claimName, "");
  }
}
