package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.api.v1.status.MigrationState;
import dev.barevirt.api.v1.status.PhaseTransitionTimestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a move is. */
public record VirtualMachineInstanceMigrationStatus(
    @Doc("How far it is, in one word.") @Nullable String phase,
    @Doc("Single facts, each with its reason.") List<Condition> conditions,
    @Doc("When each phase began.") List<PhaseTransitionTimestamp> phaseTransitionTimestamps,
    @Doc("The move itself.") @Nullable MigrationState migrationState,
    @Doc("Where other clusters reach this one.") List<String> synchronizationAddresses) {
  public VirtualMachineInstanceMigrationStatus {
    conditions = Frozen.list(conditions);
    phaseTransitionTimestamps = Frozen.list(phaseTransitionTimestamps);
    synchronizationAddresses = Frozen.list(synchronizationAddresses);
  }
}
