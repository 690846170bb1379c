package dev.barevirt.virtctl.flag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads flags as kubectl and its relatives do: {@code --name value}, {@code --name=value}, {@code
 * -nvalue}, {@code -n=value}, several letters in one, anywhere among the other arguments, up to
 * {@code --}. The messages are those which scripts already know.
 */
public final class FlagParser {
  private final Map<String, Flag> byName = new LinkedHashMap<>();
  private final Map<Character, Flag> byLetter = new LinkedHashMap<>();

  /** For a command's flags. */
  public FlagParser(List<Flag> flags) {
    for (Flag flag : flags) {
      byName.put(flag.name(), flag);
      if (flag.letter() != null) {
        byLetter.put(flag.letter(), flag);
      }
    }
  }

  /** Reads the arguments after a command's name. */
  public Arguments parse(List<String> words) {
    Map<String, List<String>> given = new LinkedHashMap<>();
    List<String> positional = new ArrayList<>();
    int next = 0;
    while (next < words.size()) {
      String word = words.get(next++);
      if (word.equals("--")) {
        positional.addAll(words.subList(next, words.size()));
        break;
      }
      String following = next < words.size() ? words.get(next) : null;
      boolean took = false;
      if (word.startsWith("--")) {
        took = named(word, following, given);
      } else if (word.length() > 1 && word.startsWith("-")) {
        took = lettered(word, following, given);
      } else {
        positional.add(word);
      }
      next += took ? 1 : 0;
    }
    return new Arguments(byName, given, positional);
  }

  /** Whether a word is a flag whose value is the next word. */
  public boolean takesNext(String word) {
    if (word.contains("=") || !word.startsWith("-") || word.length() < 2) {
      return false;
    }
    Flag flag =
        word.startsWith("--")
            ? byName.get(word.substring(2))
            : word.length() == 2 ? byLetter.get(word.charAt(1)) : null;
    return flag != null && flag.kind() != Flag.Kind.TRUTH;
  }

  private boolean named(String word, @Nullable String following, Map<String, List<String>> given) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
    if (name.isEmpty() || name.startsWith("-")) {
      throw new UsageException("bad flag syntax: " + word);
    }
    Flag flag = byName.get(name);
    if (flag == null) {
      throw new UsageException("unknown flag: --" + name);
    }
    if (equals >= 0) {
      put(flag, word.substring(equals + 1), given);
      return false;
    }
    if (flag.kind() == Flag.Kind.TRUTH) {
      put(flag, "true", given);
      return false;
    }
    if (following == null) {
      throw new UsageException("flag needs an argument: --" + name);
    }
    put(flag, following, given);
    return true;
  }

  private boolean lettered(
      String word, @Nullable String following, Map<String, List<String>> given) {
    for (int i = 1; i < word.length(); i++) {
      Flag flag = byLetter.get(word.charAt(i));
      if (flag == null) {
        throw new UsageException(
            "unknown shorthand flag: '%s' in %s".formatted(word.charAt(i), word));
      }
      String rest = word.substring(i + 1);
      if (rest.startsWith("=")) {
        put(flag, rest.substring(1), given);
        return false;
      }
      if (flag.kind() != Flag.Kind.TRUTH) {
        if (rest.isEmpty() && following == null) {
          throw new UsageException(
              "flag needs an argument: '%s' in %s".formatted(word.charAt(i), word));
        }
        put(flag, rest.isEmpty() ? String.valueOf(following) : rest, given);
        return rest.isEmpty();
      }
      put(flag, "true", given);
    }
    return false;
  }

  private static void put(Flag flag, String value, Map<String, List<String>> given) {
    switch (flag.kind()) {
      case TRUTH -> {
        if (Truth.of(value).isEmpty()) {
          throw invalid(flag, value, "strconv.ParseBool");
        }
      }
      case NUMBER -> {
        try {
          Long.parseLong(value);
        } catch (NumberFormatException _) {
          throw invalid(flag, value, "strconv.ParseInt");
        }
      }
      case TEXT, TEXTS, LIST -> {}
    }
    given.computeIfAbsent(flag.name(), name -> new ArrayList<>()).add(value);
  }

  private static UsageException invalid(Flag flag, String value, String parser) {
    return new UsageException(
        "invalid argument \"%1$s\" for \"%2$s\" flag: %3$s: parsing \"%1$s\": invalid syntax"
            .formatted(value, flag.shown(), parser));
  }
}
