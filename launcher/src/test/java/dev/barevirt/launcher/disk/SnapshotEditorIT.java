package dev.barevirt.launcher.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.disk.ImageInspection.Links;
import dev.barevirt.launcher.disk.ImageInspection.Trust;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goes back to snapshots and merges them, with the real qemu-img. */
class SnapshotEditorIT {
  private static final QemuImg QEMU_IMG = new QemuImg(new ChildProcessRunner(), "qemu-img");
  private static final long SIZE = 1 << 20;

  @TempDir Path directory;
  private Path base;
  private SnapshotEditor editor;

  /** A raw disk that says 1, an overlay that says 2, and another above it that says 3. */
  @BeforeEach
  void twoSnapshots() throws Exception {
    base = directory.resolve("base.raw");
    try (var file = new RandomAccessFile(base.toFile(), "rw")) {
      file.setLength(SIZE);
    }
    write(base, "raw", 1);
    Path first = directory.resolve("root-snapshot-1.qcow2");
    QEMU_IMG.createOverlay(first, inspected(base, DiskFormat.RAW), SIZE);
    write(first, "qcow2", 2);
    Path second = directory.resolve("root-snapshot-2.qcow2");
    QEMU_IMG.createOverlay(second, inspected(first, DiskFormat.QCOW2), SIZE);
    write(second, "qcow2", 3);
    SnapshotChain.of(directory, "root").push(first);
    SnapshotChain.of(directory, "root").push(second);
    editor = new SnapshotEditor(QEMU_IMG, directory);
  }

  @Test
  void theLastSnapshotIsGoneBackTo() throws Exception {
    editor.restore("root", overlays().getFirst());

    assertThat(overlays()).hasSize(2);
    assertThat(read(overlays().getFirst())).isEqualTo(2);
    assertFilesAreThoseOf(2);
  }

  @Test
  void theFirstSnapshotIsGoneBackToAndTheLaterOneIsGone() throws Exception {
    editor.restore("root", overlays().getLast());

    assertThat(overlays()).hasSize(1);
    assertThat(read(overlays().getFirst())).isEqualTo(1);
    assertFilesAreThoseOf(1);
  }

  @Test
  void theFirstSnapshotIsForgottenAndNothingIsLost() throws Exception {
    editor.delete("root", overlays().getLast());

    assertThat(overlays()).hasSize(1);
    assertThat(read(overlays().getFirst())).isEqualTo(3);
    editor.restore("root", overlays().getFirst());
    assertThat(read(overlays().getFirst())).isEqualTo(2);
    assertFilesAreThoseOf(1);
  }

  @Test
  void allSnapshotsAreForgottenAndTheDiskHoldsWhatTheyHeld() throws Exception {
    editor.delete("root", overlays().getFirst());
    editor.delete("root", overlays().getFirst());

    assertThat(overlays()).isEmpty();
    assertThat(Files.readAllBytes(base)[0]).isEqualTo((byte) 3);
    assertFilesAreThoseOf(0);
  }

  private List<Path> overlays() {
    return SnapshotChain.of(directory, "root").overlays();
  }

  private void assertFilesAreThoseOf(int snapshots) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.filter(file -> file.toString().endsWith(".qcow2"))).hasSize(snapshots);
    }
  }

  private static DiskImage inspected(Path image, DiskFormat format) {
    return new ImageInspection(Links.FOLLOWED).inspect(image, format, Trust.DETECT_WITH_BACKING);
  }

  private static void write(Path image, String format, int pattern) throws Exception {
    run(List.of("qemu-io", "-f", format, "-c", "write -P " + pattern + " 0 64k", image.toString()));
  }

  private int read(Path image) throws Exception {
    Path raw = directory.resolve("read.raw");
    QEMU_IMG.convert(image, DiskFormat.QCOW2, raw, DiskFormat.RAW);
    int first = Files.readAllBytes(raw)[0];
    Files.delete(raw);
    return first;
  }

  private static void run(List<String> command) throws InterruptedException {
    var done =
        new ChildProcessRunner()
            .run(new ProgramRunner.Call(command, Duration.ofMinutes(1), 1 << 16));
    assertThat(done.exitCode()).as("%s", done).isZero();
  }
}
