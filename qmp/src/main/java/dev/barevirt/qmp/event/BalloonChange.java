package dev.barevirt.qmp.event;

/**
 * The guest's memory changed with its balloon.
 *
 * @param actual what it has now, in bytes
 */
public record BalloonChange(long actual) implements QmpEvent {}
