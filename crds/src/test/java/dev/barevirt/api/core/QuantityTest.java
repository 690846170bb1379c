package dev.barevirt.api.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 1, 1",
    "128Mi, 128Mi, 134217728",
    "1024Mi, 1Gi, 1073741824",
    "1000, 1k, 1000",
    "1024, 1024, 1024",
    "1024Ki, 1Mi, 1048576",
    "1Ki, 1Ki, 1024",
    "100Ki, 100Ki, 102400",
    "0.5Ki, 512, 512",
    "0.5Gi, 512Mi, 536870912",
    "1.5Gi, 1536Mi, 1610612736",
    "1e3, 1e3, 1000",
    "1E3, 1e3, 1000",
    "12e2, 1200, 1200",
    "1E, 1E, 1000000000000000000",
    "1.5, 1500m, 2",
    "0.1, 100m, 1",
    "500m, 500m, 1",
    "1500m, 1500m, 2",
    "1000m, 1, 1",
    "100u, 100u, 1",
    "3n, 3n, 1",
    "0.0000000001, 1n, 1",
    "-1, -1, -1",
    "-1.5, -1500m, -2",
    "+5, 5, 5",
    ".5, 500m, 1",
    "5., 5, 5",
    "2M, 2M, 2000000",
    "1234567, 1234567, 1234567",
    "10k, 10k, 10000",
    "1.0Mi, 1Mi, 1048576",
    "1.1Mi, 1153433600m, 1153434",
    "0.1Ki, 102400m, 103",
    "1e-3, 1e-3, 1",
    "1e30, 9223372036854775807, 9223372036854775807",
    "9223372036854775808, 9223372036854775807, 9223372036854775807",
    "16Ei, 9223372036854775807, 9223372036854775807",
  })
  void readsAndWritesAsKubernetesDoes(String written, String canonical, long bytes) {
    Quantity quantity = Quantity.parse(written).orElseThrow();

    assertThat(quantity).hasToString(canonical);
    assertThat(quantity.bytes()).isEqualTo(bytes);
    assertThat(Quantity.parse(canonical))
        .hasValueSatisfying(again -> assertThat(again).isEqualByComparingTo(quantity));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Mi",
        "1 Mi",
        "1mi",
        "1KI",
        "1K",
        "1GB",
        "--1",
        "1.2.3",
        "1e",
        "1e1.5",
        "1e3Ki",
        "1Zi",
        "NaN",
        "0x10",
        "1,5",
        "1e9999999999",
        "１"
      })
  void refusesWhatIsNoAmount(String written) {
    assertThat(Quantity.parse(written)).isEmpty();
  }

  @Test
  void hugeExponentsCostNothing() {
    assertThat(Quantity.parse("1e999999999").orElseThrow().bytes()).isEqualTo(Long.MAX_VALUE);
    assertThat(Quantity.parse("1e-999999999").orElseThrow()).hasToString("1e-9");
  }

  @Test
  void comparesByAmountAndEqualsByForm() {
    Quantity decimal = Quantity.parse("1024").orElseThrow();
    Quantity binary = Quantity.parse("1Ki").orElseThrow();

    assertThat(decimal).isEqualByComparingTo(binary).isNotEqualTo(binary);
    assertThat(Quantity.parse("0.5Gi")).isEqualTo(Quantity.parse("512Mi"));
    assertThat(binary.plus(binary)).hasToString("2Ki");
    assertThat(binary.times(1024)).hasToString("1Mi");
    assertThat(Quantity.of(2500).milli()).isEqualTo(2_500_000);
  }

  @Test
  void theCanonicalFormIsAlwaysTheSameAmount() {
    Random random = new Random(42);
    String[] suffixes = {"", "n", "u", "m", "k", "M", "G", "Ki", "Mi", "Gi", "e2", "e-4", "E1"};
    for (int i = 0; i < 5_000; i++) {
      String number =
          new BigDecimal(random.nextInt(2_000_000) - 1_000_000)
              .movePointLeft(random.nextInt(6))
              .toPlainString();
      String written = number + suffixes[random.nextInt(suffixes.length)];
      Quantity quantity = Quantity.parse(written).orElseThrow();
      Quantity again = Quantity.parse(quantity.toString()).orElseThrow();

      assertThat(again).as(written).isEqualByComparingTo(quantity);
      assertThat(again).as(written).hasToString(quantity.toString());
    }
  }
}
