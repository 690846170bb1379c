package dev.barevirt.launcher.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.launcher.guest.GuestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ImageDirectoryTest {
  @TempDir private Path directory = Path.of("");
  private Path image = Path.of("");

  @BeforeEach
  void makeImage() throws IOException {
    image = directory.toRealPath().resolve("image");
    Files.createDirectories(image.resolve("disk"));
    Files.createDirectories(image.resolve("boot"));
    Files.writeString(directory.resolve("secret"), "of the pod");
  }

  @Test
  void theOnlyFileIsTheDisk() throws IOException {
    Path disk = Files.writeString(image.resolve("disk/disk.qcow2"), "QFI");

    assertThat(onlyFile()).isEqualTo(disk);
  }

  @Test
  void severalFilesAndNoneAreRefused() throws IOException {
    assertThatThrownBy(this::onlyFile)
        .isInstanceOf(GuestException.class)
        .hasMessage("container disk d: its directory /disk holds nothing instead of one file");
    Files.writeString(image.resolve("disk/a"), "");
    Files.writeString(image.resolve("disk/b"), "");
    assertThatThrownBy(this::onlyFile).hasMessageContaining("holds several instead of one file");
  }

  @Test
  void anImageWithoutADiskSaysSo() throws IOException {
    Files.delete(image.resolve("disk"));
    assertThatThrownBy(this::onlyFile)
        .hasMessage("container disk d: it has no directory /disk: no such file or directory");
  }

  @Test
  void linksLeadWithinTheImage() throws IOException {
    Path kernel = Files.writeString(image.resolve("boot/vmlinuz-6.1"), "MZ");
    Files.createSymbolicLink(image.resolve("boot/vmlinuz"), Path.of("/boot/vmlinuz-6.1"));
    Files.createSymbolicLink(image.resolve("vmlinuz"), Path.of("boot/vmlinuz"));

    assertThat(file("/vmlinuz")).isEqualTo(kernel);
    assertThat(file("boot/../vmlinuz")).isEqualTo(kernel);
  }

  @Test
  void noPathLeadsOut() throws IOException {
    Files.createSymbolicLink(image.resolve("disk/up"), Path.of("../../secret"));
    Files.createSymbolicLink(image.resolve("boot/absolute"), directory.resolve("secret"));
    Files.createSymbolicLink(image.resolve("boot/proc"), Path.of("/proc/self/root/etc/passwd"));

    for (String path :
        new String[] {"../secret", "/../secret", "disk/up", "boot/absolute", "boot/proc"}) {
      assertThatThrownBy(() -> file(path))
          .as(path)
          .hasMessageEndingWith("no such file or directory");
    }
    assertThatThrownBy(this::onlyFile).hasMessageContaining("no such file or directory");
  }

  @Test
  void aDirectoryThatIsALinkIsFollowedWithinTheImageOnly() throws IOException {
    Files.delete(image.resolve("disk"));
    Files.createSymbolicLink(image.resolve("disk"), directory.toRealPath());

    assertThatThrownBy(this::onlyFile).hasMessageContaining("no such file or directory");
  }

  @Test
  void onlyRegularFilesAreTaken() throws Exception {
    Path fifo = image.resolve("disk/fifo");
    Process made = new ProcessBuilder("mkfifo", fifo.toString()).start();
    assertThat(made.waitFor(Duration.ofSeconds(10))).isTrue();

    assertThatThrownBy(this::onlyFile).hasMessageEndingWith("disk/fifo is no regular file");
    assertThatThrownBy(() -> file("boot")).hasMessageEndingWith("boot is no regular file");
  }

  @Test
  void aPathThatIsNoTextIsShownHarmlessly() {
    assertThatThrownBy(() -> file("a\nb"))
        .hasMessage("container disk d: a?b cannot be opened: no such file or directory");
    assertThatThrownBy(() -> file("a\0b")).isInstanceOf(GuestException.class);
  }

  @Test
  void anImageThatIsNotMountedSaysSo() {
    assertThatThrownBy(() -> ImageDirectory.open("kernel image", directory.resolve("gone")).close())
        .hasMessageStartingWith("kernel image is not there: ");
  }

  private Path onlyFile() {
    try (ImageDirectory opened = ImageDirectory.open("container disk d", image)) {
      return opened.onlyFileIn("disk");
    }
  }

  private Path file(String inside) {
    try (ImageDirectory opened = ImageDirectory.open("container disk d", image)) {
      return opened.file(inside);
    }
  }
}
