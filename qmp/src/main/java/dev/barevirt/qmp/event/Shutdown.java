package dev.barevirt.qmp.event;

/**
 * The machine has shut down, or is about to be reset instead of shut down.
 *
 * @param guest whether the guest asked for it
 * @param reason why
 */
public record Shutdown(boolean guest, ShutdownCause reason) implements QmpEvent {}
