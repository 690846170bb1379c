package dev.barevirt.launcher.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.barevirt.launcher.disk.DiskException.Reason;
import dev.barevirt.launcher.disk.ImageInspection.Links;
import dev.barevirt.launcher.disk.ImageInspection.Trust;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageInspectionTest {
  private static final ImageInspection INSPECTION = new ImageInspection(Links.REFUSED);

  @TempDir Path directory;

  @Test
  void readsTheSizeOfAQcow2Image() throws IOException {
    DiskImage image = INSPECTION.inspect(file(new Qcow2Bytes().array()), null, Trust.DETECT);

    assertThat(image.format()).isEqualTo(DiskFormat.QCOW2);
    assertThat(image.virtualSize()).isEqualTo(Qcow2Bytes.SIZE);
    assertThat(image.backing()).isEmpty();
  }

  @Test
  void whatTheGuestWroteToItsFirstSectorIsNoFormat() throws IOException {
    byte[] written = new Qcow2Bytes().backing("/etc/shadow", "raw").array();

    DiskImage image = INSPECTION.inspect(file(written), null, Trust.RAW_UNLESS_DECLARED);

    assertThat(image.format()).isEqualTo(DiskFormat.RAW);
    assertThat(image.virtualSize()).isEqualTo(written.length);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(new Qcow2Bytes().backing("/etc/passwd", "raw"), "names the backing file"),
        Arguments.of(new Qcow2Bytes().backing("nbd:host:1", ""), "names the backing file"),
        Arguments.of(new Qcow2Bytes().backing("json:{\"driver\":\"ssh\"}", "raw"), "names the"),
        Arguments.of(new Qcow2Bytes().extension(0x44415441, "/etc/shadow"), "in another file"),
        Arguments.of(new Qcow2Bytes().with(72, 4L), "in another file"),
        Arguments.of(new Qcow2Bytes().with(72, 2L), "marked corrupt"),
        Arguments.of(new Qcow2Bytes().with(72, 1L << 40), "qcow2 features nobody here knows"),
        Arguments.of(new Qcow2Bytes().with(32, 2), "encrypted"),
        Arguments.of(new Qcow2Bytes().with(20, 40), "cluster size"),
        Arguments.of(new Qcow2Bytes().with(24, 0L), "virtual size is not positive"),
        Arguments.of(new Qcow2Bytes().with(24, -1L), "virtual size is not positive"),
        Arguments.of(new Qcow2Bytes().with(24, Long.MAX_VALUE), "shorter than its virtual size"),
        Arguments.of(new Qcow2Bytes().with(36, 1 << 30), "longer than 32 MiB"),
        Arguments.of(new Qcow2Bytes().with(36, -1), "longer than 32 MiB"),
        Arguments.of(new Qcow2Bytes().with(40, 1L << 50), "truncated"),
        Arguments.of(new Qcow2Bytes().with(48, Long.MIN_VALUE), "truncated"),
        Arguments.of(new Qcow2Bytes().with(56, Integer.MAX_VALUE), "truncated"),
        Arguments.of(new Qcow2Bytes().with(60, 1 << 20), "snapshot table"),
        Arguments.of(new Qcow2Bytes().with(4, 4), "damaged or truncated"),
        Arguments.of(new Qcow2Bytes().with(100, Integer.MAX_VALUE), "damaged or truncated"),
        Arguments.of(new Qcow2Bytes().with(16, Integer.MAX_VALUE), "damaged or truncated"),
        Arguments.of(new Qcow2Bytes().with(104, 5).with(108, -8), "damaged or truncated"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWithOneSentence(Qcow2Bytes image, String why) throws IOException {
    Path path = file(image.array());

    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> INSPECTION.inspect(path, null, Trust.DETECT))
        .withMessageStartingWith("disk image " + path + " is refused: ")
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"))
        .satisfies(e -> assertThat(e.reason()).isIn(Reason.IMAGE_REFUSED, Reason.BACKING_REFUSED));
  }

  @Test
  void aBackingFileThatNobodyAskedForHasAReasonOfItsOwn() throws IOException {
    Path path = file(new Qcow2Bytes().backing("base.raw", "raw").array());

    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> INSPECTION.inspect(path, null, Trust.DETECT))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BACKING_REFUSED));
  }

  @Test
  void refusesWhatIsNoDisk() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), file(new byte[512]));
    Path socket = Files.createTempDirectory(Path.of("/tmp"), "bv").resolve("s");

    assertRefused(empty, "it is empty");
    assertRefused(link, "it is a symbolic link");
    assertRefused(directory, "it is a directory");
    assertRefused(Path.of("/dev/null"), "neither a regular file nor a block device");
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      assertRefused(socket, "neither a regular file nor a block device");
    } finally {
      Files.deleteIfExists(socket);
      Files.delete(socket.getParent());
    }
  }

  @Test
  void aMissingImageIsMissing() {
    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> INSPECTION.inspect(directory.resolve("no\nsuch"), null, Trust.DETECT))
        .withMessage("disk image " + directory + "/no?such does not exist")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MISSING));
  }

  @Test
  void followsABackingFileOnlyWhenAskedTo() throws IOException {
    Files.write(directory.resolve("base.raw"), new byte[4096]);
    Path path = file(new Qcow2Bytes().backing("base.raw", "raw").array());

    DiskImage image = INSPECTION.inspect(path, null, Trust.DETECT_WITH_BACKING);

    assertThat(image.backing())
        .extracting(DiskImage::path)
        .containsExactly(directory.resolve("base.raw"));
    assertThat(image.backing()).extracting(DiskImage::format).containsExactly(DiskFormat.RAW);
  }

  @Test
  void anAllowedBackingFileIsNeverGuessedAndNeverAProtocol() throws IOException {
    assertRefusedWithBacking(new Qcow2Bytes().backing("base.raw", ""), "which format");
    assertRefusedWithBacking(new Qcow2Bytes().backing("base", "vmdk"), "only raw and qcow2");
    assertRefusedWithBacking(new Qcow2Bytes().backing("nbd:unix:/x", "raw"), "not a plain path");
    assertRefusedWithBacking(new Qcow2Bytes().backing("image", "qcow2"), "deeper than");
  }

  @Test
  void noBytesWhateverMakeItThrowAnythingElse() throws IOException {
    byte[] good = new Qcow2Bytes().backing("base.raw", "raw").extension(7, "seven").array();
    var random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(300) + 8 : 1024);
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        bad[4 + random.nextInt(bad.length - 4)] = (byte) random.nextInt();
      }
      Qcow2Header.parse(java.nio.ByteBuffer.wrap(bad)).ifPresent(header -> header.defects(1024));
    }
  }

  private void assertRefusedWithBacking(Qcow2Bytes image, String why) throws IOException {
    Path path = file(image.array());
    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> INSPECTION.inspect(path, null, Trust.DETECT_WITH_BACKING))
        .withMessageContaining(why);
  }

  private static void assertRefused(Path path, String why) {
    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> INSPECTION.inspect(path, null, Trust.DETECT))
        .withMessageContaining(why);
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("image"), content);
  }
}
