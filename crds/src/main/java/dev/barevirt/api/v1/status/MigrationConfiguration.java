package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Unsigned;
import org.jspecify.annotations.Nullable;

/** Settings of a migration. */
public record MigrationConfiguration(
    @Doc("The taint that drains a node.") @Nullable String nodeDrainTaintKey,
    @Doc("How many may leave a node at once.") @Unsigned
        @Nullable Long parallelOutboundMigrationsPerNode,
    @Doc("How many there may be at once.") @Unsigned @Nullable Long parallelMigrationsPerCluster,
    @Doc("Whether a guest that changes memory too fast is slowed down.")
        @Nullable Boolean allowAutoConverge,
    @Doc("How many bytes a second it may use.") @Nullable Quantity bandwidthPerMigration,
    @Doc("How many seconds each GiB may take.") @Nullable Long completionTimeoutPerGiB,
    @Doc("How many milliseconds the guest may stand still.") @Unsigned @Nullable Long maxDowntimeMs,
    @Doc("How many seconds it may make no progress.") @Nullable Long progressTimeout,
    @Doc("How many seconds to wait for utility volumes to go.")
        @Nullable Long utilityVolumesTimeout,
    @Doc("Whether a migration thought unsafe goes on.") @Nullable Boolean unsafeMigrationOverride,
    @Doc("Whether the guest may go on before all of its memory is there.")
        @Nullable Boolean allowPostCopy,
    @Doc("Whether the guest may be stopped to get done.") @Nullable Boolean allowWorkloadDisruption,
    @Doc("Whether it travels unencrypted.") @Nullable Boolean disableTLS,
    @Doc("The network it travels on.") @Nullable String network,
    @Doc("Whether the target gets the source's SELinux level.")
        @Nullable Boolean matchSELinuxLevelOnMigration) {}
