package dev.barevirt.api.launcher;

import org.jspecify.annotations.Nullable;

/**
 * A disk or interface of the running guest that can be plugged or unplugged.
 *
 * @param name its name in the instance
 * @param kind what it is
 * @param id its id in QEMU
 * @param state where plugging is
 * @param message what went wrong, when something did
 */
public record DeviceReport(
    String name, Kind kind, String id, State state, @Nullable String message) {

  /** What can be plugged. */
  public enum Kind {
    /** A disk, LUN or CD-ROM. */
    DISK,
    /** A network interface. */
    INTERFACE,
    /** A shared directory. */
    FILESYSTEM
  }

  /** Where plugging is. */
  public enum State {
    /** In the machine. */
    ATTACHED,
    /** The guest was asked to let go of it and has not done so yet. */
    UNPLUGGING,
    /** It could not be plugged, or the guest refused to let go of it. */
    FAILED
  }
}
