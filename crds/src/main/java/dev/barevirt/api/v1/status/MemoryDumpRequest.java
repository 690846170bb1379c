package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A dump of memory that was asked for. */
public record MemoryDumpRequest(
    @Doc("The claim that takes it.") @Required String claimName,
    @Doc("How far it is.")
        @Required
        @Allowed({"Associating", "InProgress", "Unmounting", "Completed", "Dissociating", "Failed"})
        String phase,
    @Doc("Whether the claim is to be let go.") @Nullable Boolean remove,
    @Doc("When it began.") @Nullable Instant startTimestamp,
    @Doc("When it ended.") @Nullable Instant endTimestamp,
    @Doc("The file it is in.") @Nullable String fileName,
    @Doc("What to tell people.") @Nullable String message) {
  public MemoryDumpRequest {
    claimName = Frozen.orElse(claimName, "");
    phase = Frozen.orElse(phase, "");
  }
}
