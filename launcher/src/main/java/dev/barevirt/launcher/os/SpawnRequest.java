package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to start and what the child gets from us: nothing but what is named here. Standard streams
 * that are not named are {@code /dev/null}; every other descriptor is closed.
 *
 * @param command the program by absolute path, then its arguments
 * @param environment the child's whole environment
 * @param directory where it starts; null for the directory this process is in
 * @param descriptors which of our descriptors becomes which number in the child
 * @param group whom a signal to our group, or a hang-up of our terminal, reaches
 */
public record SpawnRequest(
    List<String> command,
    Map<String, String> environment,
    @Nullable Path directory,
    Map<Integer, OwnedFd> descriptors,
    Group group) {
  /** The child's place among sessions and process groups. */
  public enum Group {
    /** Ours: ^C on our terminal reaches the child too. */
    SAME,
    /** A process group of its own in our session. */
    OWN_GROUP,
    /** A session of its own, which no terminal of ours can end. */
    OWN_SESSION
  }

  public SpawnRequest {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    descriptors = Map.copyOf(descriptors);
    if (command.isEmpty() || !command.getFirst().startsWith("/")) {
      throw new IllegalArgumentException("a child's program is an absolute path: " + command);
    }
    if (descriptors.keySet().stream().anyMatch(number -> number < 0)) {
      throw new IllegalArgumentException("descriptors are never negative: " + descriptors.keySet());
    }
  }

  /** A child with an empty environment, no descriptors and a process group of its own. */
  public static SpawnRequest of(List<String> command) {
    return new SpawnRequest(command, Map.of(), null, Map.of(), Group.OWN_GROUP);
  }

  /** With this environment and no other. */
  public SpawnRequest withEnvironment(Map<String, String> variables) {
    return new SpawnRequest(command, variables, directory, descriptors, group);
  }

  /** Started in this directory. */
  public SpawnRequest in(Path startDirectory) {
    return new SpawnRequest(command, environment, startDirectory, descriptors, group);
  }

  /** With our descriptor under that number; ours stays open and stays ours. */
  public SpawnRequest passing(int number, OwnedFd descriptor) {
    Map<Integer, OwnedFd> all = new HashMap<>(descriptors);
    all.put(number, descriptor);
    return new SpawnRequest(command, environment, directory, all, group);
  }

  /** In that place among sessions and groups. */
  public SpawnRequest inGroup(Group place) {
    return new SpawnRequest(command, environment, directory, descriptors, place);
  }
}
