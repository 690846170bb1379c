package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How running guests get to a newer launcher. */
public record WorkloadUpdateStrategy(
    @Doc("What may be done to a guest, the gentlest first.") @Allowed({"LiveMigrate", "Evict"})
        List<String> workloadUpdateMethods,
    @Doc("How many are evicted at once.") @Nullable Integer batchEvictionSize,
    @Doc("How long to wait before the next; written as in 1m0s.")
        @Nullable String batchEvictionInterval) {
  public WorkloadUpdateStrategy {
    workloadUpdateMethods = Frozen.list(workloadUpdateMethods);
  }
}
