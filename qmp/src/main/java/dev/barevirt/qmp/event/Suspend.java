package dev.barevirt.qmp.event;

/** The guest has suspended to memory. */
public record Suspend() implements QmpEvent {}
