package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** Resources of a container beside the launcher. */
public record ContainerResources(
    @Doc("What the container is for.") @Required String type,
    @Doc("What it needs.") @Required @Nullable ResourceAmounts resources) {
  public ContainerResources {
    type = Frozen.orElse(type, "");
  }
}
