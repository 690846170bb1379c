package dev.barevirt.api.v1.source;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A file with a fact about the pod. */
public record DownwardApiFile(
    @Doc("The file's path.") @Required String path,
    @Doc("A field of the pod.") @Nullable FieldRef fieldRef,
    @Doc("A request or limit of a container.") @Nullable ResourceFieldRef resourceFieldRef,
    @Doc("The file's permissions.") @Nullable Integer mode) {
  public DownwardApiFile {
    path = Frozen.orElse(path, "");
  }

  /** A field of the pod. */
  public record FieldRef(
      @Doc("The version the path is written for.") @Nullable String apiVersion,
      @Doc("The field's path.") @Required String fieldPath) {
    public FieldRef {
      fieldPath = Frozen.orElse(fieldPath, "");
    }
  }

  /** A request or limit of a container. */
  public record ResourceFieldRef(
      @Doc("The container.") @Nullable String containerName,
      @Doc("The request or limit.") @Required String resource,
      @Doc("The unit it is told in.") @Nullable Quantity divisor) {
    public ResourceFieldRef {
      resource = Frozen.orElse(resource, "");
    }
  }
}
