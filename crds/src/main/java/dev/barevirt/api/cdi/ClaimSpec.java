package dev.barevirt.api.cdi;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.LabelSelector;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.core.TypedLocalObjectReference;
import dev.barevirt.api.core.TypedObjectReference;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A claim for storage. */
public record ClaimSpec(
    @Doc("How it may be mounted.") List<String> accessModes,
    @Doc("The volumes it may get.") @Nullable LabelSelector selector,
    @Doc("How big it is.") @Nullable Resources resources,
    @Doc("The volume it gets.") @Nullable String volumeName,
    @Doc("The class of storage.") @Nullable String storageClassName,
    @Doc("Whether it is a device or a file system.") @Allowed({"Block", "Filesystem"})
        @Nullable String volumeMode,
    @Doc("What it is made from.") @Nullable TypedLocalObjectReference dataSource,
    @Doc("What it is made from, in any namespace.") @Nullable TypedObjectReference dataSourceRef,
    @Doc("The class of its attributes.") @Nullable String volumeAttributesClassName) {
  public ClaimSpec {
    accessModes = Frozen.list(accessModes);
  }

  /** How big a claim is. */
  public record Resources(
      @Doc("At least.") Map<String, Quantity> requests,
      @Doc("At most.") Map<String, Quantity> limits) {
    public Resources {
      requests = Frozen.map(requests);
      limits = Frozen.map(limits);
    }
  }
}
