package dev.barevirt.launcher;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the resident launcher is started; by programs, so that a plain parser will do.
 *
 * @param state what outlives a run
 * @param runtime sockets
 * @param cache what can be found out again; the user's usual place when null
 * @param listenFd the inherited socket that listens for clients
 * @param adopt whether a QEMU of an earlier launcher is to be taken up
 */
record ResidentOptions(
    Path state, Path runtime, @Nullable Path cache, int listenFd, boolean adopt) {
  static final String USAGE =
      "usage: LauncherMain --state DIR --runtime DIR --listen-fd N [--cache DIR] [--adopt]";

  /** The options, unless the arguments are none. */
  static Optional<ResidentOptions> parse(List<String> arguments) {
    Deque<String> left = new ArrayDeque<>(arguments);
    Path state = null;
    Path runtime = null;
    Path cache = null;
    int listenFd = -1;
    boolean adopt = false;
    while (!left.isEmpty()) {
      String option = left.poll();
      String value = option.equals("--adopt") ? "" : left.poll();
      if (value == null) {
        return Optional.empty();
      }
      switch (option) {
        case "--adopt" -> adopt = true;
        case "--state" -> state = Path.of(value);
        case "--runtime" -> runtime = Path.of(value);
        case "--cache" -> cache = Path.of(value);
        case "--listen-fd" -> listenFd = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : -1;
        default -> {
          return Optional.empty();
        }
      }
    }
    return state == null || runtime == null || listenFd < 0
        ? Optional.empty()
        : Optional.of(new ResidentOptions(state, runtime, cache, listenFd, adopt));
  }
}
