package dev.barevirt.qmp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records and JSON, both ways. */
final class RecordJsonTest {
  enum Colour {
    RED,
    DARK_BLUE,
    UNKNOWN
  }

  record Inner(String nodeName, int count) {}

  record Outer(
      String package_,
      @Nullable String optional,
      @Nullable Long size,
      boolean readOnly,
      double rate,
      Colour colour,
      @Nullable Inner inner,
      List<Inner> list,
      Map<String, Long> map,
      Json rest) {}

  record Counters(long rdBytes) implements RecordJson.SnakeCase {}

  private static final Outer FULL =
      new Outer(
          "p",
          "o",
          Long.MAX_VALUE,
          true,
          1.5,
          Colour.DARK_BLUE,
          new Inner("n", -1),
          List.of(new Inner("m", 2)),
          Map.of("k", 3L),
          Json.of("free"));

  @Test
  void writesWireNames() {
    assertThat(RecordJson.write(FULL).toString())
        .isEqualTo(
            "{\"package\":\"p\",\"optional\":\"o\",\"size\":9223372036854775807,"
                + "\"read-only\":true,\"rate\":1.5,\"colour\":\"dark-blue\","
                + "\"inner\":{\"node-name\":\"n\",\"count\":-1},"
                + "\"list\":[{\"node-name\":\"m\",\"count\":2}],\"map\":{\"k\":3},"
                + "\"rest\":\"free\"}");
    assertThat(RecordJson.write(new Counters(1)).toString()).isEqualTo("{\"rd_bytes\":1}");
  }

  @Test
  void anEmptyListIsWrittenAndWhatIsNullIsNot() {
    Outer empty =
        new Outer("p", null, null, true, 1, Colour.RED, null, List.of(), Map.of(), Json.of("x"));

    assertThat(RecordJson.write(empty).toString())
        .contains("\"list\":[]", "\"map\":{}")
        .doesNotContain("optional", "size", "inner");
  }

  @Test
  void readsBackWhatItWrote() {
    Json json = Json.parse(RecordJson.write(FULL).toString());

    assertThat(RecordJson.read(json, Outer.class)).isEqualTo(FULL);
  }

  @Test
  void absentMembersAreEmpty() {
    assertThat(RecordJson.read(Json.parse("{\"new\": 1, \"size\": null}"), Outer.class))
        .isEqualTo(
            new Outer(
                "",
                "",
                null,
                false,
                0,
                Colour.UNKNOWN,
                null,
                List.of(),
                Map.of(),
                Json.Null.ABSENT));
  }

  @Test
  void readsEitherSeparator() {
    assertThat(RecordJson.read(Json.parse("{\"node_name\": \"a\"}"), Inner.class).nodeName())
        .isEqualTo("a");
    assertThat(RecordJson.read(Json.parse("{\"rd-bytes\": 4}"), Counters.class).rdBytes())
        .isEqualTo(4);
  }

  @Test
  void unknownConstantIsUnknown() {
    assertThat(RecordJson.read(Json.parse("{\"colour\": \"mauve\"}"), Outer.class).colour())
        .isEqualTo(Colour.UNKNOWN);
  }

  @Test
  void wrongTypeIsMalformedAndNamed() {
    for (String wrong :
        List.of(
            "{\"read-only\": \"yes\"}",
            "{\"size\": \"12\"}",
            "{\"package\": 1}",
            "{\"list\": {}}",
            "{\"inner\": []}",
            "{\"colour\": 7}")) {
      assertThatThrownBy(() -> RecordJson.read(Json.parse(wrong), Outer.class))
          .as(wrong)
          .isInstanceOf(WireException.Malformed.class);
    }
  }

  @Test
  void numbersBeyondLongSurviveInTrees() {
    String text = "{\"big\":18446744073709551615,\"list\":[-1,0.5]}";

    assertThat(Json.parse(text).toString()).isEqualTo(text);
  }
}
