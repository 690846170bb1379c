package dev.barevirt.agent.stream;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request of the API is about.
 *
 * @param namespace the instance's namespace
 * @param name its name
 * @param word what is wanted of it
 */
record AgentPath(String namespace, String name, String word) {
  private static final List<String> BEGIN = List.of("", "v1", "namespaces");
  private static final String KIND = "virtualmachineinstances";
  private static final int PARTS = 7;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

  /** What can be wanted. */
  enum Verb {
    CONSOLE,
    VNC,
    USBREDIR,
    SCREENSHOT,
    PAUSE,
    UNPAUSE,
    RESET,
    SOFTREBOOT,
    FREEZE,
    UNFREEZE,
    GUESTOSINFO,
    USERLIST,
    FILESYSTEMLIST;

    /** The method with which it is asked for. */
    String method() {
      return switch (this) {
        case CONSOLE, VNC, USBREDIR, SCREENSHOT, GUESTOSINFO, USERLIST, FILESYSTEMLIST -> "GET";
        case PAUSE, UNPAUSE, RESET, SOFTREBOOT, FREEZE, UNFREEZE -> "PUT";
      };
    }
  }

  /** Reads a path; names are those of Kubernetes, so nothing in them is encoded. */
  static Optional<AgentPath> parse(String path) {
    List<String> parts = List.of(path.split("/", -1));
    if (parts.size() != PARTS
        || !parts.subList(0, BEGIN.size()).equals(BEGIN)
        || !parts.get(4).equals(KIND)
        || !NAME.matcher(parts.get(3)).matches()
        || !NAME.matcher(parts.get(5)).matches()) {
      return Optional.empty();
    }
    return Optional.of(new AgentPath(parts.get(3), parts.get(5), parts.get(6)));
  }

  /** What the word means; nothing when it is one of a newer API. */
  Optional<Verb> verb() {
    return Arrays.stream(Verb.values())
        .filter(verb -> verb.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }
}
