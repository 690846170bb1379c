package dev.barevirt.launcher.image;

/**
 * Content in the store.
 *
 * @param digest its name
 * @param size its length in bytes, holes included
 */
record Blob(Digest digest, long size) {}
