package dev.barevirt.virtctl.flag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command was given: its flags, each with its kind already checked, and the rest in order.
 */
public final class Arguments {
  private final Map<String, Flag> known;
  private final Map<String, List<String>> given;
  private final List<String> positional;

  Arguments(Map<String, Flag> known, Map<String, List<String>> given, List<String> positional) {
    this.known = known;
    this.given = given;
    this.positional = List.copyOf(positional);
  }

  /** Whether the flag was written down. */
  public boolean has(String flag) {
    return given.containsKey(flag);
  }

  /** A flag's text; the last one wins. */
  public String text(String flag) {
    List<String> values = given.get(flag);
    return values == null ? flag(flag).fallback() : values.getLast();
  }

  /** A flag's truth. */
  public boolean truth(String flag) {
    return Truth.of(text(flag)).orElseThrow();
  }

  /** A flag's number. */
  public long number(String flag) {
    return Long.parseLong(text(flag));
  }

  /** All texts of a flag that may be given often. */
  public List<String> texts(String flag) {
    List<String> values = given.getOrDefault(flag, List.of());
    if (flag(flag).kind() != Flag.Kind.LIST) {
      return List.copyOf(values);
    }
    List<String> split = new ArrayList<>();
    values.stream()
        .filter(value -> !value.isEmpty())
        .forEach(v -> split.addAll(List.of(v.split(",", -1))));
    return split;
  }

  /** What is no flag, in order. */
  public List<String> positional() {
    return positional;
  }

  /** The same without flags of these names, each then as if it had not been given. */
  public Arguments without(List<Flag> flags) {
    Map<String, List<String>> rest = new LinkedHashMap<>(given);
    flags.forEach(flag -> rest.remove(flag.name()));
    return new Arguments(known, rest, positional);
  }

  /** Refuses a command line that lacks one of these flags. */
  public void require(String... flags) {
    List<String> missing = new ArrayList<>();
    for (String flag : flags) {
      if (!has(flag)) {
        missing.add('"' + flag + '"');
      }
    }
    if (!missing.isEmpty()) {
      throw new UsageException("required flag(s) " + String.join(", ", missing) + " not set");
    }
  }

  /** Refuses a command line with more than one of these flags. */
  public void exclude(String... flags) {
    List<String> found = List.of(flags).stream().filter(this::has).sorted().toList();
    if (found.size() > 1) {
      throw new UsageException(
          "if any flags in the group [%s] are set none of the others can be; [%s] were all set"
              .formatted(String.join(" ", flags), String.join(" ", found)));
    }
  }

  private Flag flag(String name) {
    Flag flag = known.get(name);
    if (flag == null) {
      throw new IllegalArgumentException("the command declares no flag " + name);
    }
    return flag;
  }
}
