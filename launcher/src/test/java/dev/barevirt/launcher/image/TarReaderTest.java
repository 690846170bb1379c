package dev.barevirt.launcher.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TarReaderTest {
  @Test
  void readsEveryKind() throws IOException {
    byte[] tar =
        new TestTar()
            .directory("./d/")
            .file("d/f", "content")
            .symbolicLink("l", "/d/f")
            .hardLink("h", "d/f")
            .device("null")
            .bytes();

    assertThat(entries(tar))
        .containsExactly(
            new TarEntry("./d/", TarEntry.Kind.DIRECTORY, 0, ""),
            new TarEntry("d/f", TarEntry.Kind.FILE, 7, ""),
            new TarEntry("l", TarEntry.Kind.SYMBOLIC_LINK, 0, "/d/f"),
            new TarEntry("h", TarEntry.Kind.HARD_LINK, 0, "d/f"),
            new TarEntry("null", TarEntry.Kind.SPECIAL, 0, ""));
  }

  @Test
  void givesTheContent() throws IOException {
    TarReader tar =
        new TarReader(
            new ByteArrayInputStream(new TestTar().file("a", "AAA").file("b", "BB").bytes()));
    byte[] buffer = new byte[10];

    assertThat(tar.next()).isPresent();
    assertThat(tar.read(buffer, 0, 1)).isEqualTo(1);
    assertThat(tar.next()).hasValueSatisfying(entry -> assertThat(entry.path()).isEqualTo("b"));
    assertThat(tar.read(buffer, 2, 8)).isEqualTo(2);
    assertThat(new String(buffer, 2, 2, StandardCharsets.UTF_8)).isEqualTo("BB");
    assertThat(tar.read(buffer, 0, 1)).isEqualTo(-1);
    assertThat(tar.next()).isEmpty();
  }

  @Test
  void readsLongNamesOfBothKinds() throws IOException {
    String name = "n".repeat(300);
    byte[] tar =
        new TestTar()
            .extended("path", name + "1")
            .file("short", "x")
            .entry("././@LongLink", 'L', "", (name + "2\0").getBytes(StandardCharsets.UTF_8))
            .file("short", "y")
            .entry("././@LongLink", 'K', "", (name + "3\0").getBytes(StandardCharsets.UTF_8))
            .symbolicLink("link", "short")
            .bytes();

    assertThat(entries(tar))
        .extracting(TarEntry::path)
        .containsExactly(name + "1", name + "2", "link");
    assertThat(entries(tar).getLast().target()).isEqualTo(name + "3");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> entries(new TestTar().entry("a", 'S', "", new byte[0]).bytes()))
        .hasMessageContaining("sparse");
    assertThatThrownBy(
            () -> entries(new TestTar().extended("GNU.sparse.major", "1").file("a", "").bytes()))
        .hasMessageContaining("sparse");
    assertThatThrownBy(() -> entries(new TestTar().entry("a", 'Z', "", new byte[0]).bytes()))
        .hasMessageContaining("unknown type");
    TestTar stacked = new TestTar();
    for (int i = 0; i < 30; i++) {
      stacked.extended("comment", "x");
    }
    assertThatThrownBy(() -> entries(stacked.file("a", "").bytes()))
        .hasMessageContaining("headers upon headers");
  }

  @Test
  void everyCutAndEveryFlippedBitEndsInASentenceOrARead() throws IOException {
    byte[] tar =
        new TestTar().extended("path", "long").file("a", "content").symbolicLink("b", "c").bytes();
    for (int at = 0; at < tar.length; at++) {
      for (byte[] damaged : List.of(Arrays.copyOf(tar, at), flipped(tar, at))) {
        try {
          assertThat(entries(damaged)).hasSizeLessThanOrEqualTo(2);
        } catch (ImageException | EOFException expected) {
          assertThat(expected).hasMessageStartingWith("a tar archive");
        }
      }
    }
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] damaged = bytes.clone();
    damaged[at] ^= (byte) 0x81;
    return damaged;
  }

  private static List<TarEntry> entries(byte[] bytes) throws IOException {
    TarReader tar = new TarReader(new ByteArrayInputStream(bytes));
    List<TarEntry> entries = new ArrayList<>();
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      entries.add(next.get());
    }
    return entries;
  }
}
