package dev.barevirt.qmp.event;

import dev.barevirt.qmp.wire.Json;

/**
 * A SPICE client opened a channel.
 *
 * @param server our address
 * @param client its address and channel
 */
public record SpiceInitialized(Json server, Json client) implements QmpEvent {}
