package dev.barevirt.api.v1.status;

import dev.barevirt.api.schema.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a phase began. */
public record PhaseTransitionTimestamp(
    @Doc("The phase.") @Nullable String phase,
    @Doc("When it began.") @Nullable Instant phaseTransitionTimestamp) {}
