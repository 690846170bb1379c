package dev.barevirt.api.v1;

import org.jspecify.annotations.Nullable;

/**
 * A running virtual machine, as a user asks for it.
 *
 * @param apiVersion the group and version
 * @param kind the kind
 */
public record VirtualMachineInstance(@Nullable String apiVersion, @Nullable String kind) {}
