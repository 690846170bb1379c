package dev.barevirt.launcher.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.qmp.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialPrinterTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private Instant now = Instant.parse("2026-11-01T00:00:00Z");
  private final SerialPrinter printer =
      new SerialPrinter(new PrintStream(written, true, StandardCharsets.UTF_8), () -> now);

  @Test
  void eachLineIsAnObjectMarkedAsTheGuests() {
    say("first\r\nsec");
    say("ond\n");

    assertThat(lines())
        .extracting(line -> line.at("msg").text())
        .containsExactly("first", "second");
    assertThat(lines().getFirst().at("component").text()).isEqualTo("guest-console");
    assertThat(lines().getFirst().at("timestamp").text()).isEqualTo("2026-11-01T00:00:00Z");
  }

  @Test
  void aGuestCannotForgeALineOfTheLog() {
    say("\"},{\"level\":\"error\"}\u001b[31mred\u001b[0m\u0007\u001b]0;title\u0007!\n");

    assertThat(messages()).containsExactly("\"},{\"level\":\"error\"}red!");
  }

  @Test
  void emptyLinesAreNotPrintedAndEndlessOnesAreCut() {
    say("\n\r\n   \n" + "x".repeat(10_000) + "\n");

    assertThat(messages()).extracting(String::length).containsExactly(4096, 4096, 1808);
  }

  @Test
  void whatIsNotTextDoesNoHarm() {
    byte[] bytes = {(byte) 0xff, (byte) 0xc3, 'a', 0, '\n'};
    printer.take(bytes, bytes.length);

    assertThat(messages()).singleElement().asString().endsWith("a");
  }

  @Test
  void aFloodIsCountedInsteadOfPrinted() {
    say("x\n".repeat(5000));
    assertThat(lines()).hasSize(2000);

    now = now.plus(Duration.ofSeconds(1));
    say("y\n");
    assertThat(messages())
        .endsWith("3000 lines of the guest's console were left out here", "y")
        .hasSize(2002);
  }

  @Test
  void theLastLineNeedsNoEnd() {
    say("Power down");
    printer.finish();
    printer.finish();

    assertThat(messages()).containsExactly("Power down");
  }

  private void say(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    printer.take(bytes, bytes.length);
  }

  private List<Json> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().map(Json::parse).toList();
  }

  private List<String> messages() {
    return lines().stream().map(line -> line.at("msg").text()).toList();
  }
}
