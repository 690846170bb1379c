package dev.barevirt.api.v1.domain;

import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Unsigned;
import org.jspecify.annotations.Nullable;

/** How many processors there are, by level. */
public record CpuTopology(
    @Doc("Cores in each socket.") @Unsigned @Nullable Long cores,
    @Doc("Sockets.") @Unsigned @Nullable Long sockets,
    @Doc("Threads on each core.") @Unsigned @Nullable Long threads) {}
