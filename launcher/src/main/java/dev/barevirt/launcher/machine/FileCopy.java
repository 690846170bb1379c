package dev.barevirt.launcher.machine;

/**
 * A file that must be there before QEMU starts, made from another.
 *
 * @param from what is copied
 * @param to where it goes
 * @param keep whether a copy of an earlier run stays as it is
 */
public record FileCopy(String from, String to, boolean keep) implements FragmentPart {}
