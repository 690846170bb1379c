package dev.barevirt.qmp.event;

/**
 * A migration changed its state.
 *
 * @param status the new state
 */
public record Migration(MigrationStatus status) implements QmpEvent {}
