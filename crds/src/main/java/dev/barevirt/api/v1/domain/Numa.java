package dev.barevirt.api.v1.domain;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** Memory nodes of the guest. */
public record Numa(
    @Doc("Gives the guest the memory nodes that its host processors have.")
        @Nullable GuestMappingPassthrough guestMappingPassthrough) {
  /** Nothing to choose. */
  public record GuestMappingPassthrough() {
    /** Nothing said. */
    public static final GuestMappingPassthrough EMPTY = new GuestMappingPassthrough();
  }
}
