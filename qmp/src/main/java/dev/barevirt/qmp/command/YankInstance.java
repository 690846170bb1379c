package dev.barevirt.qmp.command;

import org.jspecify.annotations.Nullable;

/**
 * Something whose connection can be cut.
 *
 * @param type block-node, chardev or migration
 * @param nodeName the block node
 * @param id the character device
 */
public record YankInstance(String type, @Nullable String nodeName, @Nullable String id) {}
