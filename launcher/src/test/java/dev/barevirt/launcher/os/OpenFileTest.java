package dev.barevirt.launcher.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenFileTest {
  @TempDir Path directory;

  @BeforeEach
  void plantTraps() throws IOException {
    Files.createDirectories(directory.resolve("tree/disk"));
    Files.writeString(directory.resolve("secret"), "secret");
    Files.writeString(directory.resolve("tree/disk/good"), "good");
    Files.createSymbolicLink(directory.resolve("tree/disk/absolute"), directory.resolve("secret"));
    Files.createSymbolicLink(directory.resolve("tree/disk/relative"), Path.of("../../secret"));
    Files.createSymbolicLink(directory.resolve("tree/link"), Path.of("disk"));
  }

  @Test
  void opensWhatLiesBeneath() {
    try (OwnedFd tree = OpenFile.open(directory.resolve("tree"), Set.of(OpenFlag.DIRECTORY));
        OwnedFd good = OpenFile.openBeneath(tree, "disk/good", Set.of(OpenFlag.READ))) {
      assertThat(new String(RawBytes.read(good, 10), StandardCharsets.UTF_8)).isEqualTo("good");
      assertThat(FileStatus.of(good).type()).isEqualTo(FileStatus.Type.FILE);
      assertThat(FileStatus.of(good).size()).isEqualTo(4);
      assertThat(FileStatus.of(good).links()).isEqualTo(1);
      assertThat(FileStatus.of(tree).type()).isEqualTo(FileStatus.Type.DIRECTORY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "disk/../../secret",
        "/etc/passwd",
        "disk/absolute",
        "disk/relative",
        "link/good",
        "/proc/self/environ",
        "disk/good\0x"
      })
  void nothingLeadsOutOrThroughALink(String path) {
    try (OwnedFd tree = OpenFile.open(directory.resolve("tree"), Set.of(OpenFlag.DIRECTORY))) {
      assertThatThrownBy(() -> OpenFile.openBeneath(tree, path, Set.of(OpenFlag.READ)))
          .isInstanceOf(OsException.class);
    }
  }

  @Test
  void aNewFileIsItsOwnersAlone() throws IOException {
    Path created = directory.resolve("new");

    OpenFile.open(created, Set.of(OpenFlag.WRITE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE)).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(created)))
        .isEqualTo("rw-------");
    assertThatThrownBy(
            () ->
                OpenFile.open(created, Set.of(OpenFlag.WRITE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE)))
        .hasMessage("cannot open " + created + ": file exists")
        .extracting(thrown -> ((OsException) thrown).errno())
        .isEqualTo(Errno.EEXIST);
  }

  @Test
  void aClosedDescriptorIsNotUsedAgain() {
    OwnedFd file = OpenFile.open(directory.resolve("secret"), Set.of(OpenFlag.READ));
    file.close();
    file.close();

    assertThatThrownBy(() -> RawBytes.read(file, 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(file::release).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tellsDevicesFromFiles() {
    try (OwnedFd device = OpenFile.open(Path.of("/dev/null"), Set.of(OpenFlag.READ))) {
      assertThat(FileStatus.of(device).type()).isEqualTo(FileStatus.Type.CHARACTER_DEVICE);
    }
  }
}
