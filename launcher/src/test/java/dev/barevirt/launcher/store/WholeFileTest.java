package dev.barevirt.launcher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WholeFileTest {
  private static final int LIMIT = 1000;

  @TempDir Path directory;

  @Test
  void isItsOwnersAlone() throws IOException {
    Path file = directory.resolve("file");

    WholeFile.write(file, "content");

    assertThat(file).hasContent("content");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(directory).isDirectoryNotContaining(entry -> !entry.equals(file));
  }

  @ParameterizedTest
  @EnumSource(WholeFile.Stage.class)
  void aCrashLeavesTheOldContentOrTheNew(WholeFile.Stage death) {
    Path file = directory.resolve("file");
    WholeFile.write(file, "old");

    assertThatThrownBy(() -> dyingAt(death).replace(file, bytes("new and longer")))
        .isInstanceOf(Killed.class);

    String expected = death == WholeFile.Stage.RENAMED ? "new and longer" : "old";
    assertThat(WholeFile.read(file, LIMIT)).contains(bytes(expected));
  }

  @ParameterizedTest
  @EnumSource(WholeFile.Stage.class)
  void aCrashOfTheFirstWriteLeavesNothingOrAll(WholeFile.Stage death) {
    Path file = directory.resolve("file");

    assertThatThrownBy(() -> dyingAt(death).replace(file, bytes("new"))).isInstanceOf(Killed.class);

    assertThat(WholeFile.read(file, LIMIT).map(String::new))
        .isEqualTo(death == WholeFile.Stage.RENAMED ? Optional.of("new") : Optional.empty());
  }

  @Test
  void aFileThatGrewTooBigIsRefused() {
    Path file = directory.resolve("file");
    WholeFile.write(file, "12345");

    assertThat(WholeFile.read(file, 5)).isPresent();
    assertThatThrownBy(() -> WholeFile.read(file, 4))
        .hasMessage(file + " is bigger than the 4 bytes it may have");
  }

  @Test
  void afterARefusalNothingIsLeft() throws IOException {
    Path file = directory.resolve("taken");
    Files.createDirectories(file.resolve("by a directory"));

    assertThatThrownBy(() -> WholeFile.write(file, "x")).isInstanceOf(StoreException.class);

    assertThat(directory).isDirectoryNotContaining(entry -> !entry.equals(file));
  }

  private static WholeFile dyingAt(WholeFile.Stage death) {
    return WholeFile.dyingAt(
        stage -> {
          if (stage == death) {
            throw new Killed();
          }
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What stands for SIGKILL: no clean-up of ours catches it. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
