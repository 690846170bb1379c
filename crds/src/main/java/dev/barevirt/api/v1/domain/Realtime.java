package dev.barevirt.api.v1.domain;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** Real-time priority for processors. */
public record Realtime(
    @Doc("Which processors, such as 0-3,^1; all when absent.") @Nullable String mask) {}
