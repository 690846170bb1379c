package dev.barevirt.qmp.wire;

import java.util.List;

/**
 * One command as it goes over the wire.
 *
 * @param name its wire name
 * @param arguments its arguments, an object
 * @param descriptors open files that travel with it; sending the command takes them
 * @param alone whether it waits until the previous such command is answered
 * @param secret whether its payload and its reply stay out of transcripts
 */
public record WireCommand(
    String name, RawJson arguments, List<OwnedFd> descriptors, boolean alone, boolean secret) {
  /** Copies the list. */
  public WireCommand {
    descriptors = List.copyOf(descriptors);
  }

  /** A command with nothing special about it. */
  public static WireCommand of(String name, RawJson arguments) {
    return new WireCommand(name, arguments, List.of(), false, Transcript.isSecret(name));
  }

  /** The same with open files. */
  public WireCommand with(List<OwnedFd> files) {
    return new WireCommand(name, arguments, files, alone, secret);
  }
}
