package dev.barevirt.qmp.event;

/**
 * A migration starts over with what was dirtied meanwhile.
 *
 * @param pass how often it has
 */
public record MigrationPass(long pass) implements QmpEvent {}
