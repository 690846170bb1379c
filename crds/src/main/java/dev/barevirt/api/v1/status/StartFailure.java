package dev.barevirt.api.v1.status;

import dev.barevirt.api.schema.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Failed starts in a row. */
public record StartFailure(
    @Doc("How many.") @Nullable Integer consecutiveFailCount,
    @Doc("The last instance that failed.") @Nullable String lastFailedVMIUID,
    @Doc("When the next one is made.") @Nullable Instant retryAfterTimestamp) {}
