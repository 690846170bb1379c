package dev.barevirt.launcher.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the skopeo of this host, and with images that it made itself. */
final class ImagePullIT {
  private static final ImageReference NAME = ImageReference.parse("localhost/test:1");

  @TempDir Path directory;
  private ImageStore store = new ImageStore(Path.of("/"), hex -> Optional.empty());
  private ImageImport images = into(store);

  @BeforeEach
  void useTemporaryDirectory() {
    store = new ImageStore(directory.resolve("images"), hex -> Optional.empty());
    images = into(store);
  }

  @Test
  void anArchiveThatSkopeoWroteIsRead() throws Exception {
    Path layout = image();
    Path archive = directory.resolve("archive.tar");
    skopeo("oci:" + layout, "oci-archive:" + archive + ":some/name:tag");

    StoredImage stored = pull("oci-archive:" + archive);

    assertThat(store.disk(stored).orElseThrow()).hasContent("y".repeat(512));
    assertThat(pull("oci-archive:" + archive + ":tag").digest()).isEqualTo(stored.digest());
  }

  @Test
  void anArchiveOfDockerIsFetchedBySkopeo() throws Exception {
    Path layout = image();
    Path archive = directory.resolve("docker.tar");
    skopeo("oci:" + layout, "docker-archive:" + archive + ":some/name:tag");
    List<String> steps = new ArrayList<>();

    StoredImage stored =
        images.pull(
            ImageSource.parse("docker-archive:" + archive),
            NAME,
            (step, done, total) -> steps.add(step));

    assertThat(store.disk(stored).orElseThrow()).hasContent("y".repeat(512));
    assertThat(steps).anyMatch(step -> step.contains("Copying"));
    assertThat(directory.resolve("images/tmp")).isEmptyDirectory();
  }

  @Test
  void whatCannotBeFetchedIsToldInOneSentenceAndLeavesNothing() {
    for (String source :
        List.of("docker-archive:" + directory.resolve("absent"), "docker://localhost:1/x:y")) {
      assertThatThrownBy(() -> pull(source))
          .isInstanceOf(ImageException.class)
          .hasMessageStartingWith("cannot fetch " + source + ": ")
          .message()
          .satisfies(message -> assertThat(message.lines()).hasSize(1));
    }
    assertThat(store.list()).isEmpty();
    assertThat(directory.resolve("images/tmp")).isEmptyDirectory();
  }

  private Path image() throws IOException {
    return new TestImage()
        .layer(new TestTar().directory("disk").file("disk/disk.img", "x".repeat(512)))
        .layer(new TestTar().file("disk/disk.img", "y".repeat(512)))
        .writeLayout(Files.createDirectory(directory.resolve("layout")));
  }

  private StoredImage pull(String source) {
    return images.pull(ImageSource.parse(source), NAME, ImageProgress.SILENT);
  }

  private static void skopeo(String from, String to) throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder("skopeo", "copy", "--insecure-policy", from, to)
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(program.waitFor(2, TimeUnit.MINUTES)).as(output).isTrue();
      assertThat(program.exitValue()).as(output).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  private static ImageImport into(ImageStore store) {
    Map<String, String> environment = Map.of("HOME", "/root", "PATH", "/usr/bin:/bin");
    return ImageImport.into(store, Programs.usual(), Children.ofThisProcess(), environment);
  }
}
