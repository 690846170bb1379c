package dev.barevirt.launcher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateDirectoryTest {
  @TempDir Path root;

  @Test
  void makesWhatIsMissingForItsOwnerAlone() throws IOException {
    Path made = PrivateDirectory.ensure(root.resolve("a/b/c"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("a"))))
        .isEqualTo("rwx------");
    assertThat(PrivateDirectory.ensure(made)).isEqualTo(made);
  }

  @Test
  void refusesOneThatIsOpenToOthers() throws IOException {
    Path open = Files.createDirectory(root.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xrwx"));

    assertThatThrownBy(() -> PrivateDirectory.ensure(open))
        .isInstanceOf(StoreException.class)
        .hasMessage("the directory " + open + " is open to others (mode 757): run chmod 700 on it");
  }

  @Test
  void refusesALinkThatSomebodyLaidThere() throws IOException {
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(root.resolve("link"), elsewhere);

    assertThatThrownBy(() -> PrivateDirectory.ensure(link))
        .isInstanceOf(StoreException.class)
        .hasMessage(link + " is no directory of ours");
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.createFile(root.resolve("file"));

    assertThatThrownBy(() -> PrivateDirectory.ensure(file)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> PrivateDirectory.ensure(file.resolve("below")))
        .isInstanceOf(StoreException.class);
  }
}
