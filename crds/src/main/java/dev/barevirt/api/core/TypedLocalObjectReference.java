package dev.barevirt.api.core;

import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A pointer to an object of any kind in the same namespace. */
public record TypedLocalObjectReference(
    @Doc("The object's API group; the core group when absent.") @Nullable String apiGroup,
    @Doc("The object's kind.") @Required String kind,
    @Doc("The object's name.") @Required String name) {
  public TypedLocalObjectReference {
    kind = Frozen.orElse(kind, "");
    name = Frozen.orElse(name, "");
  }
}
