package dev.barevirt.api.v1.source;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A volume attached for a purpose of the system. */
public record UtilityVolume(
    @Doc("Its name.") @Required String name,
    @Doc("The claim.") @Required String claimName,
    @Doc("Whether it is mounted read only.") @Nullable Boolean readOnly,
    @Doc("What it is for.") @Allowed({"MemoryDump", "Backup"}) @Nullable String type) {
  public UtilityVolume {
    name = Frozen.orElse(name, "");
    claimName = Frozen.orElse(claimName, "");
  }
}
