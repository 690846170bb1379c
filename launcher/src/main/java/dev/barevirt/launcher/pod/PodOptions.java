package dev.barevirt.launcher.pod;

import dev.barevirt.api.launcher.PodDirectory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How a launcher in a pod is started; usually by no more than its name.
 *
 * @param agent the socket of the node's agent
 * @param state what outlives a run
 * @param runtime sockets
 * @param cache what can be found out again
 */
record PodOptions(Path agent, Path state, Path runtime, Path cache) {
  static final String USAGE =
      "usage: launcher-pod [--agent SOCKET] [--state DIR] [--runtime DIR] [--cache DIR]";

  /** The options, unless the arguments are none. */
  static Optional<PodOptions> parse(List<String> arguments) {
    Deque<String> left = new ArrayDeque<>(arguments);
    Path agent = Path.of(PodDirectory.agentSocket());
    Path state = Path.of(PodDirectory.STATE.path());
    Path runtime = Path.of(PodDirectory.RUNTIME.path());
    Path cache = null;
    while (!left.isEmpty()) {
      String option = left.poll();
      String value = left.poll();
      if (value == null) {
        return Optional.empty();
      }
      switch (option) {
        case "--agent" -> agent = Path.of(value);
        case "--state" -> state = Path.of(value);
        case "--runtime" -> runtime = Path.of(value);
        case "--cache" -> cache = Path.of(value);
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        new PodOptions(agent, state, runtime, cache == null ? state.resolve("cache") : cache));
  }
}
