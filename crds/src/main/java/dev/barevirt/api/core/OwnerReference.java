package dev.barevirt.api.core;

import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A pointer to an owning object of the same namespace. */
public record OwnerReference(
    @Doc("The owner's group and version.") @Required String apiVersion,
    @Doc("The owner's kind.") @Required String kind,
    @Doc("The owner's name.") @Required String name,
    @Doc("The owner's unique id.") @Required String uid,
    @Doc("Whether the owner manages this object.") @Nullable Boolean controller,
    @Doc("Whether the owner waits for this object when it is deleted.")
        @Nullable Boolean blockOwnerDeletion) {
  public OwnerReference {
    apiVersion = Frozen.orElse(apiVersion, "");
    kind = Frozen.orElse(kind, "");
    name = Frozen.orElse(name, "");
    uid = Frozen.orElse(uid, "");
  }
}
