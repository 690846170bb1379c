package dev.barevirt.api.v1.scheduling;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A claim for devices that the pod makes. */
public record ResourceClaim(
    @Doc("Its name in the instance.") @Required String name,
    @Doc("A claim that exists.") @Nullable String resourceClaimName,
    @Doc("A template from which a claim is made.") @Nullable String resourceClaimTemplateName) {
  public ResourceClaim {
    name = Frozen.orElse(name, "");
  }
}
