package dev.barevirt.api.v1.domain;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.Doc;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resources asked of the node. */
public record Resources(
    @Doc("What is reserved.") Map<String, Quantity> requests,
    @Doc("What may not be exceeded.") Map<String, Quantity> limits,
    @Doc("Whether the memory of the hypervisor itself stays out of the reservation.")
        @Nullable Boolean overcommitGuestOverhead) {
  /** Nothing said. */
  public static final Resources EMPTY = new Resources(Map.of(), Map.of(), null);

  public Resources {
    requests = Frozen.map(requests);
    limits = Frozen.map(limits);
  }

  /** The same with another {@code requests}. */
  public Resources withRequests(Map<String, Quantity> requests) {
    return new Resources(requests, limits, overcommitGuestOverhead);
  }

  /** The same with another {@code limits}. */
  public Resources withLimits(Map<String, Quantity> limits) {
    return new Resources(requests, limits, overcommitGuestOverhead);
  }
}
