package dev.barevirt.qmp.event;

import dev.barevirt.qmp.wire.Json;

/**
 * The guest panicked and its crash kernel takes over.
 *
 * @param action what is done about it
 * @param info what it told, by operating system
 */
public record GuestCrashLoaded(PanicAction action, Json info) implements QmpEvent {}
