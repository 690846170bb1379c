package dev.barevirt.qmp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The envelope is read, the payload left alone. */
final class WireMessageTest {
  private static WireMessage read(String line) {
    return WireMessage.read(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void payloadOfEveryKindKeepsItsBytes() {
    for (String value :
        List.of("{}", "[1, {\"a\": [ ]}]", "\"te\\\"xt ü\"", "17", "-1.5e3", "true", "null")) {
      for (String space : List.of("", " ", "  ")) {
        String line = "{\"return\":" + space + value + space + ", \"id\": 5}";

        assertThat(read(line))
            .as(line)
            .isInstanceOfSatisfying(
                WireMessage.Returned.class,
                r -> {
                  assertThat(r.value().text().strip()).isEqualTo(value);
                  assertThat(String.valueOf(r.id())).isEqualTo("5");
                });
      }
    }
  }

  @Test
  void replyWithoutIdIsAReply() {
    assertThat(read("{\"return\": 1}"))
        .isInstanceOfSatisfying(WireMessage.Returned.class, r -> assertThat(r.id()).isNull());
  }

  @Test
  void eventHasItsTime() {
    String line =
        "{\"timestamp\": {\"seconds\": 10, \"microseconds\": 20}, \"event\": \"E\", "
            + "\"data\": {\"a\": 1}}";

    assertThat(read(line))
        .isInstanceOfSatisfying(
            WireMessage.Happened.class,
            h -> {
              assertThat(h.event().name()).isEqualTo("E");
              assertThat(h.event().at()).isEqualTo(Instant.ofEpochSecond(10, 20_000));
              assertThat(h.event().data().text()).isEqualTo("{\"a\": 1}");
            });
  }

  @Test
  void absurdTimeIsTheEpoch() {
    for (String seconds : List.of("-1", "9223372036854775807", "1e300", "\"now\"")) {
      String line = "{\"event\": \"E\", \"timestamp\": {\"seconds\": " + seconds + "}}";

      assertThat(read(line))
          .as(seconds)
          .isInstanceOfSatisfying(
              WireMessage.Happened.class, h -> assertThat(h.event().at()).isEqualTo(Instant.EPOCH));
    }
  }

  @Test
  void errorIsRead() {
    assertThat(read("{\"error\": {\"class\": \"C\", \"desc\": \"D\"}, \"id\": \"x\"}"))
        .isInstanceOfSatisfying(
            WireMessage.Failed.class,
            f -> {
              assertThat(f.errorClass()).isEqualTo("C");
              assertThat(f.description()).isEqualTo("D");
            });
  }

  @Test
  void everythingElseIsStrange() {
    for (String line :
        List.of(
            "",
            "x",
            "[]",
            "17",
            "{",
            "{}",
            "{\"a\": 1}",
            "{\"return\": 1} 2",
            "{\"return\": 1, \"return\": 2}",
            "{\"return\": }",
            "{\"return\": tru}",
            "{\"return\": \"\u0001\"}",
            "{\"return\": " + "[".repeat(100) + "]".repeat(100) + "}")) {
      assertThat(read(line)).as(line).isInstanceOf(WireMessage.Strange.class);
    }
  }

  @Test
  void textThatIsNoUtf8IsStrange() {
    byte[] line = "{\"return\": \"?\"}".getBytes(StandardCharsets.US_ASCII);
    line[12] = (byte) 0xC3;

    assertThat(WireMessage.read(line)).isInstanceOf(WireMessage.Strange.class);
  }
}
