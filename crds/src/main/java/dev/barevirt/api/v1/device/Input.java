package dev.barevirt.api.v1.device;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A pointing device. */
public record Input(
    @Doc("The bus it is on; usb when absent.") @Allowed({"usb", "virtio"}) @Nullable String bus,
    @Doc("What it is.") @Required @Allowed("tablet") String type,
    @Doc("Its name.") @Required String name) {
  public Input {
    type = Frozen.orElse(type, "");
    name = Frozen.orElse(name, "");
  }

  /** The same with another {@code bus}. */
  public Input withBus(@Nullable String bus) {
    return new Input(bus, type, name);
  }

  /** The same with another {@code type}. */
  public Input withType(String type) {
    return new Input(bus, type, name);
  }
}
