package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** An installation in a cluster and its configuration. */
public record KubeVirt(
    @Doc("The group and version: kubevirt.io/v1.") @Nullable String apiVersion,
    @Doc("The kind: KubeVirt.") @Nullable String kind,
    @Doc("The object's name, labels and annotations.") ObjectMeta metadata,
    @Doc("What the administrator wants.") @Required KubeVirtSpec spec,
    @Doc("What is.") @Nullable KubeVirtStatus status) {
  public KubeVirt {
    metadata = Frozen.orElse(metadata, ObjectMeta.EMPTY);
    spec = Frozen.orElse(spec, KubeVirtSpec.EMPTY);
  }
}
