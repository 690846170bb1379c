package dev.barevirt.qmp.command;

import dev.barevirt.qmp.wire.Json;

/**
 * A CPU model with changes to it.
 *
 * @param name the model
 * @param props properties that differ from the model's
 */
public record CpuModel(String name, Json props) {}
