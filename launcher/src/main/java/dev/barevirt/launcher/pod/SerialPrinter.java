package dev.barevirt.launcher.pod;

import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.RawJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Writes what a guest says on its serial port as lines of a log, each a JSON object that is marked
 * as the guest's. A guest may say what it likes, as fast as it likes: control characters and
 * colours are taken out, long lines are cut, and of more lines than a log can take the rest is
 * counted.
 */
final class SerialPrinter {
  private static final Pattern ESCAPES =
      Pattern.compile(
          "\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|[@-_])?");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\t]]");
  private static final int LONGEST = 4096;
  private static final int BURST = 2000;
  private static final int A_SECOND = 200;

  private final PrintStream out;
  private final Supplier<Instant> clock;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private double allowance = BURST;
  private Instant refilled;
  private long suppressed;

  SerialPrinter(PrintStream out, Supplier<Instant> clock) {
    this.out = out;
    this.clock = clock;
    this.refilled = clock.get();
  }

  /** Takes the next bytes. */
  void take(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        end();
      } else {
        line.write(bytes[i]);
        if (line.size() >= LONGEST) {
          end();
        }
      }
    }
  }

  /** Writes what is left. */
  void finish() {
    if (line.size() > 0) {
      end();
    }
  }

  private void end() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    String plain = CONTROLS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("");
    if (plain.isBlank()) {
      return;
    }
    Instant now = clock.get();
    refill(now);
    if (allowance < 1) {
      suppressed++;
      return;
    }
    allowance--;
    if (suppressed > 0) {
      print(now, suppressed + " lines of the guest's console were left out here");
      suppressed = 0;
    }
    print(now, plain);
  }

  private void refill(Instant now) {
    double seconds = Math.max(0, java.time.Duration.between(refilled, now).toNanos() / 1e9);
    allowance = Math.min(BURST, allowance + seconds * A_SECOND);
    refilled = now;
  }

  private void print(Instant now, String text) {
    Json entry =
        Json.object()
            .with("timestamp", now.toString())
            .with("level", "info")
            .with("component", "guest-console")
            .with("msg", text)
            .build();
    out.println(RawJson.of(entry).text());
  }
}
