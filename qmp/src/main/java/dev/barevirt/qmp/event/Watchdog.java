package dev.barevirt.qmp.event;

/**
 * A watchdog device has expired.
 *
 * @param action what is done about it
 */
public record Watchdog(WatchdogAction action) implements QmpEvent {}
