package dev.barevirt.launcher.machine;

import java.util.List;

/**
 * A program that must run beside QEMU and serve it a socket: passt, virtiofsd, swtpm. It is started
 * before QEMU, and QEMU is spawned once its socket accepts.
 *
 * @param name unique in the machine, and in its log lines
 * @param program the executable's path
 * @param args its arguments
 * @param socket the path of the socket it serves
 * @param directories directories it needs, to be made before it starts, as its arguments name them
 */
public record Sidecar(
    String name, String program, List<String> args, String socket, List<String> directories)
    implements FragmentPart {
  /** Copies the lists. */
  public Sidecar {
    args = List.copyOf(args);
    directories = List.copyOf(directories);
  }
}
