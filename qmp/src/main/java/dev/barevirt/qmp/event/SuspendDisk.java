package dev.barevirt.qmp.event;

/** The guest has suspended to disk; a shutdown follows. */
public record SuspendDisk() implements QmpEvent {}
