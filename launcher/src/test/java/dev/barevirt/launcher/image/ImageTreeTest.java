package dev.barevirt.launcher.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageTreeTest {
  private static final Blob ONE = blob("one");
  private static final Blob TWO = blob("two");

  private final ImageTree tree = new ImageTree();

  @Test
  void aLaterLayerLiesOverAnEarlierOne() {
    file("/a", ONE);
    file("/b/c", ONE);
    tree.startLayer();
    file("/a", TWO);

    assertThat(tree.files()).containsEntry("/a", TWO).containsEntry("/b/c", ONE).hasSize(2);
  }

  @Test
  void aWhiteoutTakesAwayWhatIsBelowAndNotWhatIsBeside() {
    file("/d/gone/deep", ONE);
    file("/d/stays", ONE);
    file("/d/gone2", ONE);
    tree.startLayer();

    assertThat(tree.appliedAsWhiteout("/d/.wh.gone")).isTrue();
    assertThat(tree.appliedAsWhiteout("/d/stays")).isFalse();

    assertThat(tree.files()).containsOnlyKeys("/d/stays", "/d/gone2");
  }

  @Test
  void anOpaqueDirectoryHidesTheLayersBelowAndNotItsOwn() {
    file("/d/old", ONE);
    tree.startLayer();
    file("/d/new", TWO);

    assertThat(tree.appliedAsWhiteout("/d/.wh..wh..opq")).isTrue();

    assertThat(tree.files()).containsOnlyKeys("/d/new");
  }

  @Test
  void aFileThatTakesTheDirectorysPlaceTakesItsContentAway() {
    file("/d/a", ONE);
    file("/d2", ONE);
    tree.startLayer();
    file("/d", TWO);

    assertThat(tree.files()).containsOnlyKeys("/d", "/d2");
  }

  @Test
  void aDirectoryTakesTheLinksPlace() {
    tree.put("/disk", new ImageTree.Node.Link("/etc"));
    file("/disk/d.img", ONE);

    assertThat(tree.at("/disk")).contains(new ImageTree.Node.Directory());
    assertThat(tree.files()).containsOnlyKeys("/disk/d.img");
  }

  @ParameterizedTest
  @CsvSource({
    "/boot/vmlinuz, vmlinuz-6, true",
    "/boot/vmlinuz, /boot/vmlinuz-6, true",
    "/boot/vmlinuz, ../boot/./vmlinuz-6, true",
    "/boot/vmlinuz, ../../../../boot/vmlinuz-6, true",
    "/boot/vmlinuz, /etc/shadow, false",
    "/boot/vmlinuz, /boot, false",
    "/boot/vmlinuz, vmlinuz, false"
  })
  void linksAreFollowedInsideTheImageOnly(String link, String target, boolean found) {
    file("/boot/vmlinuz-6", ONE);
    tree.put(link, new ImageTree.Node.Link(target));

    assertThat(tree.files().containsKey(link)).isEqualTo(found);
  }

  @Test
  void linksInACircleLeadNowhere() {
    tree.put("/a", new ImageTree.Node.Link("b"));
    tree.put("/b", new ImageTree.Node.Link("a"));

    assertThat(tree.files()).isEmpty();
  }

  @Test
  void childrenAreOneLevelDeep() {
    file("/disk/a", ONE);
    file("/disk/d/b", ONE);
    file("/disk0", ONE);

    assertThat(tree.children("/disk")).containsOnlyKeys("/disk/a", "/disk/d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "..", "/../etc/passwd", "a\0b", "./.."})
  void aPathThatLeadsOutIsRefused(String path) {
    assertThatThrownBy(() -> ImagePath.normal(path)).isInstanceOf(ImageException.class);
  }

  @ParameterizedTest
  @CsvSource({"./a/b/, /a/b", "a//b, /a/b", "/, /", "., /", "/a/./b, /a/b"})
  void pathsHaveOneForm(String written, String normal) {
    assertThat(ImagePath.normal(written)).isEqualTo(normal);
  }

  private void file(String path, Blob blob) {
    tree.put(path, new ImageTree.Node.File(blob));
  }

  private static Blob blob(String content) {
    return new Blob(Digest.of(content.getBytes(StandardCharsets.UTF_8)), content.length());
  }
}
