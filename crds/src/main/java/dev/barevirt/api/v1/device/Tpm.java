package dev.barevirt.api.v1.device;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** A trusted platform module. */
public record Tpm(
    @Doc("Whether it is there; true when absent.") @Nullable Boolean enabled,
    @Doc("Whether its contents survive the instance.") @Nullable Boolean persistent) {
  /** Nothing said. */
  public static final Tpm EMPTY = new Tpm(null, null);
}
