package dev.barevirt.qmp.event;

import org.jspecify.annotations.Nullable;

/**
 * An image turned out to be corrupt.
 *
 * @param device the block device, if it has a name
 * @param nodeName the block node
 * @param msg what was found, for people
 * @param offset where
 * @param size how much
 * @param fatal whether the image is unusable from now on
 */
public record BlockImageCorrupted(
    String device,
    String nodeName,
    String msg,
    @Nullable Long offset,
    @Nullable Long size,
    boolean fatal)
    implements QmpEvent {}
