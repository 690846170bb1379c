package dev.barevirt.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SerialLogTest {
  @TempDir Path directory;

  private static void write(SerialLog log, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    log.write(bytes, bytes.length);
  }

  @Test
  void goesOnWhereAnEarlierRunEnded() throws IOException {
    Path file = directory.resolve("serial.log");
    for (String run : new String[] {"first ", "second"}) {
      try (SerialLog log = SerialLog.open(file, 100)) {
        write(log, run);
      }
    }
    assertThat(file).hasContent("first second");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void neverKeepsMoreThanTwiceItsLimit() throws IOException {
    Path file = directory.resolve("serial.log");
    try (SerialLog log = SerialLog.open(file, 10)) {
      write(log, "aaaaaaaa");
      write(log, "bbbbbbbb");
      write(log, "cccccccc");
    }
    assertThat(SerialLog.filesOf(file)).containsExactly(SerialLog.earlierOf(file), file);
    assertThat(SerialLog.earlierOf(file)).hasContent("bbbbbbbb");
    assertThat(file).hasContent("cccccccc");
  }
}
