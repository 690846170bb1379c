package dev.barevirt.api.v1.device;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A sound card. */
public record Sound(
    @Doc("Its name.") @Required String name,
    @Doc("Its model; ich9 when absent.") @Allowed({"ich9", "ac97"}) @Nullable String model) {
  public Sound {
    name = Frozen.orElse(name, "");
  }
}
