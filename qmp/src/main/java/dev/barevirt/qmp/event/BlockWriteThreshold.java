package dev.barevirt.qmp.event;

/**
 * Writes to a node went past the mark set for it; the mark is now off.
 *
 * @param nodeName the block node
 * @param amountExceeded by how many bytes
 * @param writeThreshold the mark
 */
public record BlockWriteThreshold(String nodeName, long amountExceeded, long writeThreshold)
    implements QmpEvent {}
