package dev.barevirt.launcher.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which process this is, beyond its number: numbers are used again, a number with the moment it
 * started is not (until the next boot, see {@link BootId}).
 *
 * @param pid its number
 * @param startTicks when it started, in clock ticks since boot
 */
public record ProcessIdentity(long pid, long startTicks) {
  private static final int START_TICKS_AFTER_NAME = 19;

  /** The identity of the process that has this number now. */
  public static Optional<ProcessIdentity> of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name in parentheses may itself hold spaces and parentheses; fields follow the last one.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[START_TICKS_AFTER_NAME])));
    } catch (IOException gone) { // there is none, or it ended while we read
      return Optional.empty();
    }
  }
}
