package dev.barevirt.virtctl.flag;

import java.util.List;

/**
 * What a command looks like from outside.
 *
 * @param words how it is typed, such as {@code create} and {@code vm}
 * @param operands its arguments as help shows them
 * @param least how many arguments it takes at least
 * @param most how many it takes at most
 * @param summary one line about it
 * @param examples how it is used, without the program's name
 * @param flags the flags it has beside those of all commands
 */
public record Outline(
    List<String> words,
    String operands,
    int least,
    int most,
    String summary,
    List<String> examples,
    List<Flag> flags) {

  /** As many arguments as one likes. */
  public static final int ANY = Integer.MAX_VALUE;

  public Outline {
    words = List.copyOf(words);
    examples = List.copyOf(examples);
    flags = List.copyOf(flags);
  }

  /** A command that takes exactly so many arguments. */
  public static Outline of(
      String words, String operands, int exactly, String summary, Flag... flags) {
    return new Outline(
        List.of(words.split(" ")), operands, exactly, exactly, summary, List.of(), List.of(flags));
  }

  /** The same with examples. */
  public Outline showing(String... lines) {
    return new Outline(words, operands, least, most, summary, List.of(lines), flags);
  }

  /** The same with another number of arguments. */
  public Outline taking(int fewest, int largest) {
    return new Outline(words, operands, fewest, largest, summary, examples, flags);
  }

  /** The words in one line. */
  public String name() {
    return String.join(" ", words);
  }

  /** Refuses another number of arguments than the command takes. */
  public void check(Arguments arguments) {
    int count = arguments.positional().size();
    if (count >= least && count <= most) {
      return;
    }
    String message =
        least == most
            ? "accepts %d arg(s), received %d".formatted(least, count)
            : most == ANY
                ? "requires at least %d arg(s), only received %d".formatted(least, count)
                : "accepts between %d and %d arg(s), received %d".formatted(least, most, count);
    throw new UsageException(message);
  }
}
