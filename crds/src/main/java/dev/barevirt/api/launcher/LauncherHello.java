package dev.barevirt.api.launcher;

import org.jspecify.annotations.Nullable;

/**
 * The first line of every connection that a launcher dials, sent as an event. It says what the
 * connection is for, and never who dials: that is what the socket itself tells.
 *
 * @param version the contract's version
 * @param purpose what the connection is for
 * @param token for a stream, the token of the {@link LauncherCommand.DialStream} it answers
 */
public record LauncherHello(int version, Purpose purpose, @Nullable String token) {
  /** The name on the wire. */
  public static final String NAME = "HELLO";

  /** The version this code writes. */
  public static final int VERSION = 1;

  /** What a connection is for. */
  public enum Purpose {
    /** Commands to the launcher, and its events. */
    CONTROL,
    /** Plain bytes after this line. */
    STREAM
  }

  /** The first line of a connection for commands. */
  public static LauncherHello control() {
    return new LauncherHello(VERSION, Purpose.CONTROL, null);
  }

  /** The first line of a stream that was asked for. */
  public static LauncherHello stream(String token) {
    return new LauncherHello(VERSION, Purpose.STREAM, token);
  }
}
