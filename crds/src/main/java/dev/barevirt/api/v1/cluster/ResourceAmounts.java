package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.Doc;
import java.util.Map;

/** What a container needs of its node. */
public record ResourceAmounts(
    @Doc("What may not be exceeded.") Map<String, Quantity> limits,
    @Doc("What is reserved.") Map<String, Quantity> requests) {
  public ResourceAmounts {
    limits = Frozen.map(limits);
    requests = Frozen.map(requests);
  }
}
