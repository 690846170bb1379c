package dev.barevirt.qmp.event;

/** SPICE has told its clients where to go. */
public record SpiceMigrateCompleted() implements QmpEvent {}
