package dev.barevirt.api.v1.device;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A volume shown to the guest as a directory. */
public record Filesystem(
    @Doc("The volume's name, and the tag the guest mounts.") @Required String name,
    @Doc("Shared by virtiofs.") @Required @Nullable Virtiofs virtiofs) {
  public Filesystem {
    name = Frozen.orElse(name, "");
  }

  /** Shared by virtiofs. */
  public record Virtiofs() {
    /** Nothing said. */
    public static final Virtiofs EMPTY = new Virtiofs();
  }
}
