package dev.barevirt.api.v1.source;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A file of the node. */
public record HostDisk(
    @Doc("Where it is.") @Required String path,
    @Doc("Whether it is made when it is missing.") @Required @Allowed({"Disk", "DiskOrCreate"})
        String type,
    @Doc("How big it is made.") @Nullable Quantity capacity,
    @Doc("Whether several guests may use it.") @Nullable Boolean shared) {
  public HostDisk {
    path = Frozen.orElse(path, "");
    type = Frozen.orElse(type, "");
  }
}
