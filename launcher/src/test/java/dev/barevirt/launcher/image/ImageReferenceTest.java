package dev.barevirt.launcher.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageReferenceTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @CsvSource({
    "fedora, docker.io/library/fedora:latest",
    "fedora:43, docker.io/library/fedora:43",
    "user/disk, docker.io/user/disk:latest",
    "docker.io/fedora, docker.io/library/fedora:latest",
    "quay.io/a/b/c:v1.2-x_y, quay.io/a/b/c:v1.2-x_y",
    "localhost/barevirt/guest-micro:dev, localhost/barevirt/guest-micro:dev",
    "localhost:5000/x, localhost:5000/x:latest",
    "10.0.0.1:5000/x__y/z-z:T, 10.0.0.1:5000/x__y/z-z:T",
    "[::1]:5000/x, [::1]:5000/x:latest",
    "registry.local/x, registry.local/x:latest"
  })
  void isCompleted(String written, String complete) {
    assertThat(ImageReference.parse(written)).hasToString(complete);
    assertThat(ImageReference.parse(complete)).hasToString(complete);
  }

  @Test
  void aDigestNeedsNoTag() {
    assertThat(ImageReference.parse("a@" + DIGEST)).hasToString("docker.io/library/a@" + DIGEST);
    assertThat(ImageReference.parse("a:b@" + DIGEST))
        .hasToString("docker.io/library/a:b@" + DIGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "A",
        "a:",
        "a@",
        "a@sha256:00",
        "a:b:c",
        "/a",
        "a/",
        "a//b",
        "-a",
        "a\n",
        "../a",
        "a/../b",
        "a@md5:0",
        "a;b",
        "a$(b)",
        "--help",
        "a:-t",
        "x.y/",
        "ü",
        "a\0b",
        "docker://a"
      })
  void whatIsNoneIsRefused(String written) {
    assertThatThrownBy(() -> ImageReference.parse(written))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("is no image reference");
  }

  @Test
  void aLongOneIsRefusedAtOnce() {
    assertThatThrownBy(() -> ImageReference.parse("a".repeat(100_000)))
        .hasMessageStartingWith("\"" + "a".repeat(60) + "…\"");
    assertThatThrownBy(() -> ImageReference.parse("a-".repeat(120) + "!"))
        .isInstanceOf(ImageException.class);
  }

  @Test
  void sourcesAreToldApart() {
    assertThat(ImageSource.parse("oci-archive:/a/b.tar"))
        .isEqualTo(new ImageSource.Archive(Path.of("/a/b.tar"), ""));
    assertThat(ImageSource.parse("oci-archive:/a/b.tar:x"))
        .isEqualTo(new ImageSource.Archive(Path.of("/a/b.tar"), "x"))
        .hasToString("oci-archive:/a/b.tar:x");
    assertThat(ImageSource.parse("oci:/a:1/b"))
        .isEqualTo(new ImageSource.Layout(Path.of("/a:1/b"), ""));
    assertThat(ImageSource.parse("fedora:43"))
        .isEqualTo(new ImageSource.Fetched("docker://docker.io/library/fedora:43"));
    assertThat(ImageSource.parse("a:b@" + DIGEST))
        .hasToString("docker://docker.io/library/a@" + DIGEST);
    assertThat(ImageSource.parse("docker-archive:/x.tar")).hasToString("docker-archive:/x.tar");
    assertThatThrownBy(() -> ImageSource.parse("oci:")).isInstanceOf(ImageException.class);
    assertThatThrownBy(() -> ImageSource.parse("ssh://x")).isInstanceOf(ImageException.class);
  }
}
