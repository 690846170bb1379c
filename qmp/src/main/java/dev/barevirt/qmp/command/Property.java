package dev.barevirt.qmp.command;

import dev.barevirt.qmp.wire.Json;

/**
 * A property of an object or a device.
 *
 * @param name its name
 * @param type its type, for people
 * @param description what it does, for people
 * @param defaultValue its default, if it has one
 */
public record Property(String name, String type, String description, Json defaultValue) {}
