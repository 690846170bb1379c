package dev.barevirt.qmp.event;

import dev.barevirt.qmp.wire.Json;

/**
 * The guest said that it panicked.
 *
 * @param action what is done about it
 * @param info what it told, by operating system
 */
public record GuestPanicked(PanicAction action, Json info) implements QmpEvent {}
