package dev.barevirt.qmp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines come out the same however the bytes come in. */
final class LineDecoderTest {
  private final List<String> lines = new ArrayList<>();
  private final LineDecoder.Lines collect =
      new LineDecoder.Lines() {
        @Override
        public boolean line(byte[] line) {
          lines.add(new String(line, StandardCharsets.ISO_8859_1));
          return !lines.getLast().equals("stop");
        }

        @Override
        public void tooLong() {
          lines.add("(too long)");
        }
      };

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void splitAtEveryByteGivesTheSameLines() {
    byte[] text = bytes("one\r\n\r\ntwo\n\nthree and more\r\nrest");
    for (int cut = 0; cut <= text.length; cut++) {
      LineDecoder decoder = new LineDecoder(100);
      lines.clear();

      decoder.decode(text, 0, cut, collect);
      decoder.decode(text, cut, text.length, collect);

      assertThat(lines).as("cut at " + cut).containsExactly("one", "two", "three and more");
      assertThat(decoder.remainder()).isEqualTo(bytes("rest"));
    }
  }

  @Test
  void lineBeyondTheLimitIsDroppedToItsEnd() {
    LineDecoder decoder = new LineDecoder(10);
    byte[] text = bytes("0123456789ABCDEF\nok\n");
    for (byte b : text) {
      decoder.decode(new byte[] {b}, 0, 1, collect);
    }

    assertThat(lines).containsExactly("(too long)", "ok");
  }

  @Test
  void bigLineIsReadPieceByPiece() {
    LineDecoder decoder = new LineDecoder(1 << 20);
    byte[] piece = bytes("x".repeat(1000));
    for (int i = 0; i < 1000; i++) {
      decoder.decode(piece, 0, piece.length, collect);
    }
    decoder.decode(bytes("\n"), 0, 1, collect);

    assertThat(lines).singleElement().satisfies(l -> assertThat(l).hasSize(1_000_000));
    assertThat(decoder.remainder()).isEmpty();
  }

  @Test
  void byteThatIsInNoTextForgetsTheLine() {
    LineDecoder decoder = new LineDecoder(100);
    byte[] text = bytes("junk\u00ff{}\n");

    decoder.decode(text, 0, text.length, collect);

    assertThat(lines).containsExactly("{}");
  }

  @Test
  void stopsWhereItIsTold() {
    LineDecoder decoder = new LineDecoder(100);
    byte[] text = bytes("go\nstop\nraw bytes\n");

    int read = decoder.decode(text, 0, text.length, collect);

    assertThat(read).isEqualTo("go\nstop\n".length());
    assertThat(lines).containsExactly("go", "stop");
  }
}
