package dev.barevirt.qmp.event;

import dev.barevirt.qmp.wire.Json;

/**
 * The host's memory failed under the guest.
 *
 * @param recipient who is hit, hypervisor or guest
 * @param action what is done: ignore, inject, fatal or reset
 * @param flags whether action is required, and whether it happened while handling another
 */
public record MemoryFailure(String recipient, String action, Json flags) implements QmpEvent {}
