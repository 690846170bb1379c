package dev.barevirt.qmp.event;

import dev.barevirt.qmp.wire.Json;

/**
 * A SPICE client has gone.
 *
 * @param server our address
 * @param client its address
 */
public record SpiceDisconnected(Json server, Json client) implements QmpEvent {}
