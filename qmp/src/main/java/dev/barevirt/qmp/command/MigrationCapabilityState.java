package dev.barevirt.qmp.command;

/**
 * A migration capability and whether it is on.
 *
 * @param capability its name
 * @param state whether it is on
 */
public record MigrationCapabilityState(String capability, boolean state) {}
