package dev.barevirt.api.v1.device;

import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** The display adapter. */
public record Video(
    @Doc("Its model.") @Allowed({"vga", "cirrus", "virtio", "ramfb", "bochs"})
        @Nullable String type) {}
