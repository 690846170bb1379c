package dev.barevirt.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.qmp.EventSubscription.Overflow;
import dev.barevirt.qmp.command.Cont;
import dev.barevirt.qmp.command.QueryStatus;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines in README.md are the lines below, and they work. */
final class ReadmeTest {
  @Test
  void readmeLinesWork() throws Exception {
    StringWriter printed = new StringWriter();
    try (FakeQemu fake = FakeQemu.start()) {
      fake.answering("query-status", "{\"status\": \"prelaunch\", \"running\": false}");
      fake.on(
          "cont",
          call -> {
            call.reply("{}");
            fake.emit("RESUME", "{}");
          });
      run(fake.socket(), Duration.ofSeconds(30), new PrintWriter(printed, true));
    }

    assertThat(printed.toString().lines())
        .containsExactly("QEMU 7.2.22", "PRELAUNCH, not running", "Resume[]");
  }

  private static void run(Path socket, Duration patience, PrintWriter out)
      throws InterruptedException {
    try (WireLoop loop = WireLoop.start("qmp");
        QmpClient qemu = QmpClient.connect(loop, socket, WireSettings.library(), patience);
        EventSubscription events = qemu.subscribe(_ -> true, Overflow.DROP_OLDEST, 100)) {
      out.println("QEMU " + qemu.greeting().version());
      QueryStatus.Status status = qemu.call(new QueryStatus());
      out.println(status.status() + (status.running() ? ", running" : ", not running"));
      qemu.call(new Cont());
      out.println(events.next(patience).orElseThrow().event());
    }
  }

  @Test
  void readmeShowsTheseLines() throws Exception {
    List<String> shown = linesBetween(Path.of("README.md"), "```java", "```");
    List<String> source =
        Files.readAllLines(Path.of("src/test/java/dev/barevirt/qmp/ReadmeTest.java"));

    assertThat(source.stream().map(String::strip).toList())
        .containsSubsequence(shown.stream().map(String::strip).toList());
    assertThat(shown).hasSizeLessThanOrEqualTo(10);
  }

  private static List<String> linesBetween(Path file, String start, String end) throws Exception {
    return Files.readAllLines(file).stream()
        .dropWhile(l -> !l.equals(start))
        .skip(1)
        .takeWhile(l -> !l.equals(end))
        .toList();
  }
}
