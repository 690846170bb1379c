package dev.barevirt.api.v1.status;

import dev.barevirt.api.schema.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A dump of memory in a volume. */
public record MemoryDumpInfo(
    @Doc("When it began.") @Nullable Instant startTimestamp,
    @Doc("When it ended.") @Nullable Instant endTimestamp,
    @Doc("The claim that took it.") @Nullable String claimName,
    @Doc("The file it is in.") @Nullable String targetFileName) {}
