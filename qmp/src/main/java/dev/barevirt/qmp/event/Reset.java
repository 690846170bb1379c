package dev.barevirt.qmp.event;

/**
 * The machine was reset.
 *
 * @param guest whether the guest asked for it
 * @param reason why
 */
public record Reset(boolean guest, ShutdownCause reason) implements QmpEvent {}
