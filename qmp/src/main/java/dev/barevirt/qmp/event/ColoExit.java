package dev.barevirt.qmp.event;

/**
 * Replication between two machines has ended.
 *
 * @param mode this side's part in it
 * @param reason why
 */
public record ColoExit(String mode, String reason) implements QmpEvent {}
