package dev.barevirt.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ScrollbackTest {
  private final Scrollback scrollback = new Scrollback(5);

  private String after(String... pieces) {
    for (String piece : pieces) {
      byte[] bytes = piece.getBytes(StandardCharsets.US_ASCII);
      scrollback.add(bytes, bytes.length);
    }
    return new String(scrollback.content(), StandardCharsets.US_ASCII);
  }

  @Test
  void remembersNothingAtFirst() {
    assertThat(after()).isEmpty();
  }

  @Test
  void remembersAllThatFits() {
    assertThat(after("ab", "cde")).isEqualTo("abcde");
  }

  @Test
  void forgetsTheOldest() {
    assertThat(after("abc", "def", "g")).isEqualTo("cdefg");
  }

  @Test
  void keepsTheEndOfWhatIsTooLong() {
    assertThat(after("x", "0123456789")).isEqualTo("56789");
  }
}
