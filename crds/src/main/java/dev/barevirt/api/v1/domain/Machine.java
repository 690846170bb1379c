package dev.barevirt.api.v1.domain;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;

/** The board. */
public record Machine(@Doc("The machine type, such as q35 or pc-q35-10.0.") @Required String type) {
  public Machine {
    type = Frozen.orElse(type, "");
  }
}
