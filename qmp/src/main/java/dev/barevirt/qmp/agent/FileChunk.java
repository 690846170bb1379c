package dev.barevirt.qmp.agent;

/**
 * A piece of a file in the guest.
 *
 * @param data the bytes
 * @param end whether the file ends here
 */
public record FileChunk(Bytes data, boolean end) {}
