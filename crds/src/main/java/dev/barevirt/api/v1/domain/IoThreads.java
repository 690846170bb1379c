package dev.barevirt.api.v1.domain;

import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Unsigned;
import org.jspecify.annotations.Nullable;

/** Threads that do input and output for disks. */
public record IoThreads(
    @Doc("How many threads the pool has.") @Unsigned @Nullable Long supplementalPoolThreadCount) {}
