package dev.barevirt.qmp.wire;

import java.util.List;

/**
 * One command as it goes over the wire.
 *
 * @param name its wire name
 * @param arguments its arguments, an object
 * @param descriptors open files that travel with it; sending the command takes them
 * @param lane what it waits for before it is sent
 * @param secret whether its payload and its reply stay out of transcripts
 */
public record WireCommand(
    String name, RawJson arguments, List<OwnedFd> descriptors, Lane lane, boolean secret) {
  /** What a command waits for before it is sent. */
  public enum Lane {
    /** Its turn. */
    SHARED,
    /** Its turn, and the answer to the previous command of this lane. */
    ALONE,
    /** Nothing: it overtakes, where the peer's monitor has negotiated that. */
    OUT_OF_BAND
  }

  /** Copies the list. */
  public WireCommand {
    descriptors = List.copyOf(descriptors);
  }

  /** A command with nothing special about it. */
  public static WireCommand of(String name, RawJson arguments) {
    return new WireCommand(name, arguments, List.of(), Lane.SHARED, Transcript.isSecret(name));
  }

  /** The same in another lane. */
  public WireCommand in(Lane other) {
    return new WireCommand(name, arguments, descriptors, other, secret);
  }

  /** The same with open files. */
  public WireCommand with(List<OwnedFd> files) {
    return new WireCommand(name, arguments, files, lane, secret);
  }
}
