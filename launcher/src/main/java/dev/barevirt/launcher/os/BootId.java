package dev.barevirt.launcher.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which run of the kernel this is: what refers to processes is stale after the next boot. */
public record BootId(String value) {
  private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

  /** The running kernel's. */
  public static BootId current() {
    try {
      return new BootId(Files.readString(FILE).strip());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + FILE, unreadable);
    }
  }
}
