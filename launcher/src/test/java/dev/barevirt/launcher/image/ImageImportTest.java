package dev.barevirt.launcher.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.Programs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageImportTest {
  private static final ImageReference NAME = ImageReference.parse("localhost/test:1");
  private static final ImageLimits LIMITS = new ImageLimits(8 * 1024 * 1024, 50, 3);
  private static final String PLAIN = "application/vnd.oci.image.layer.v1.tar";

  @TempDir Path directory;
  private Optional<String> user = Optional.empty();
  private ImageStore store = new ImageStore(Path.of("/"), hex -> Optional.empty());
  private ImageImport images = importer(ImageLimits.usual());

  @BeforeEach
  void useTemporaryDirectory() {
    store = new ImageStore(directory.resolve("images"), hex -> user);
    images = importer(LIMITS);
  }

  @Test
  void aContainerDiskIsItsDisk() throws IOException {
    byte[] disk = new byte[1024 * 1024];
    disk[700_000] = 1;
    TestImage image =
        new TestImage()
            .layer(new TestTar().directory("disk").file("disk/old.img", "old"))
            .layer(
                new TestTar()
                    .file("disk/.wh.old.img", "")
                    .file("./disk/disk.img", disk)
                    .file("etc/passwd", "root")
                    .file("boot/vmlinuz", "kernel"));

    StoredImage stored = pull(image);

    assertThat(stored.disk()).isEqualTo("/disk/disk.img");
    assertThat(stored.files()).containsOnlyKeys("/disk/disk.img", "/boot/vmlinuz");
    assertThat(Files.readAllBytes(store.disk(stored).orElseThrow())).isEqualTo(disk);
    assertThat(store.list()).containsExactly(stored);
    assertThat(store.get(NAME)).isEqualTo(stored);
  }

  @Test
  void aKernelImageIsAllItsFiles() throws IOException {
    StoredImage stored =
        pull(
            new TestImage()
                .layer(
                    new TestTar()
                        .file("opt/kernel/vmlinuz-6", "kernel")
                        .symbolicLink("vmlinuz", "opt/kernel/vmlinuz-6")
                        .hardLink("initrd", "opt/kernel/vmlinuz-6")
                        .device("dev/null")));

    assertThat(stored.disk()).isNull();
    assertThat(store.disk(stored)).isEmpty();
    assertThat(store.file(stored, "vmlinuz").orElseThrow()).hasContent("kernel");
    assertThat(store.file(stored, "/opt//kernel/./vmlinuz-6").orElseThrow()).hasContent("kernel");
    assertThat(store.file(stored, "initrd")).isPresent();
    assertThat(store.file(stored, "dev/null")).isEmpty();
    assertThat(store.file(stored, "absent")).isEmpty();
    assertThatThrownBy(() -> store.file(stored, "../../etc/passwd"))
        .isInstanceOf(ImageException.class);
  }

  @Test
  void aLayoutIsReadWhereItLies() throws IOException {
    Path layout =
        new TestImage()
            .layer(new TestTar().file("disk/d", "x".repeat(512)))
            .writeLayout(directory.resolve("layout"));

    assertThat(images.pull(ImageSource.parse("oci:" + layout), NAME, ImageProgress.SILENT).disk())
        .isEqualTo("/disk/d");
    assertThat(layout.resolve("index.json")).exists();
  }

  @Test
  void layersMayBePlainOrZstandard() throws IOException, InterruptedException {
    byte[] tar = new TestTar().file("disk/d", "x".repeat(512)).bytes();

    assertThat(pull(new TestImage().layer(tar, tar, PLAIN)).disk()).isEqualTo("/disk/d");
    assertThat(pull(new TestImage().layer(tar, zstd(tar), PLAIN + "+zstd")).disk())
        .isEqualTo("/disk/d");
    assertThatThrownBy(() -> pull(new TestImage().layer(tar, tar, PLAIN + "+zstd")))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("the image is damaged");
    refuses(
        new TestImage().layer(tar, tar, PLAIN + "+gzip"),
        "the image is damaged: a layer is no gzip file");
    refuses(
        new TestImage().layer(tar, tar, "application/x-encrypted"),
        "the image has a layer of type \"application/x-encrypted\", which is not supported");
  }

  @Test
  void withoutZstdALayerOfItIsRefusedByName() throws IOException {
    byte[] tar = new TestTar().file("disk/d", "x".repeat(512)).bytes();
    ImageImport poor = importer(LIMITS, new Programs(List.of(directory)));
    Path archive =
        new TestImage().layer(tar, tar, PLAIN + "+zstd").writeArchive(directory.resolve("a.tar"));

    assertThatThrownBy(
            () -> poor.pull(new ImageSource.Archive(archive, ""), NAME, ImageProgress.SILENT))
        .hasMessage("the image has a layer compressed with zstd, and there is no zstd here");
    assertThatThrownBy(() -> poor.pull(ImageSource.parse("fedora"), NAME, ImageProgress.SILENT))
        .hasMessage("there is no skopeo here, which fetches images: install it");
  }

  @Test
  void theDiskMustBeOneFile() throws IOException {
    refuses(
        disk(new TestTar().file("disk/a", "x").file("disk/b", "x")),
        "the image has 2 entries in /disk, and exactly one disk is expected there");
    refuses(
        disk(new TestTar().symbolicLink("disk/d", "/etc/shadow")),
        "the image's /disk/d is a symbolic link and not a disk");
    refuses(
        disk(new TestTar().device("disk/d")),
        "the image's /disk/d is a device or a pipe and not a disk");
    refuses(
        disk(new TestTar().directory("disk/d")),
        "the image's /disk/d is a directory and not a disk");
    refuses(
        disk(new TestTar().hardLink("disk/d", "../../etc/shadow")),
        "the image holds the path \"../../etc/shadow\", which leads out of it");
    refuses(
        disk(new TestTar().hardLink("disk/d", "/etc/shadow")),
        "the image's \"/disk/d\" is a link to nothing in it");
    refuses(
        disk(new TestTar().directory("disk")),
        "the image is empty: it has neither a disk nor files");
    refuses(
        disk(new TestTar().file("../../../tmp/x", "x")),
        "the image holds the path \"../../../tmp/x\", which leads out of it");
  }

  @Test
  void aQcow2ThatNamesAFileOfTheHostIsRefused() throws IOException {
    byte[] header = new byte[1024];
    byte[] start = {
      'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 1, 0x68, 0, 0, 0, 11, 0, 0, 0, 16
    };
    System.arraycopy(start, 0, header, 0, start.length);
    System.arraycopy(TestImage.bytes("/etc/shadow"), 0, header, 0x168, 11);

    assertThatThrownBy(() -> pull(disk(new TestTar().file("disk/d", header))))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("the image's disk cannot be used: ");
    nothingIsLeft();
  }

  @Test
  void bombsAreDefused() throws IOException {
    byte[] zeros = new byte[9 * 1024 * 1024];
    refuses(disk(new TestTar().file("disk/d", zeros)), "the image unpacks to more than 0 GiB");
    TestTar many = new TestTar();
    for (int i = 0; i < 60; i++) {
      many.file("f" + i, "");
    }
    refuses(disk(many), "the image holds more than 50 files");
    TestImage deep = new TestImage();
    for (int i = 0; i < 4; i++) {
      deep.layer(new TestTar().file("f" + i, "x"));
    }
    refuses(deep, "the image has 4 layers");
  }

  @Test
  void contentThatIsNotWhatItsDigestSaysIsRefused() throws IOException {
    TestTar tar = new TestTar().file("disk/d", "x".repeat(512));
    byte[] other = new TestTar().file("disk/d", "y".repeat(512)).bytes();
    TestImage wrongContent = new TestImage().layer(other, tar.bytes(), PLAIN);
    assertThatThrownBy(() -> pull(wrongContent))
        .hasMessageMatching("the image is damaged: .* other content");

    for (String path : new TestImage().layer(tar).files().keySet()) {
      Path layout = directory.resolve("layout-" + path.hashCode());
      new TestImage().layer(tar).writeLayout(layout);
      if (path.startsWith("blobs/")) {
        byte[] content = Files.readAllBytes(layout.resolve(path));
        content[content.length - 10] ^= 1;
        Files.write(layout.resolve(path), content);
        assertThatThrownBy(
                () -> images.pull(new ImageSource.Layout(layout, ""), NAME, ImageProgress.SILENT))
            .as(path)
            .isInstanceOf(ImageException.class)
            .hasMessageStartingWith("the image is damaged");
      }
    }
    nothingIsLeft();
  }

  @Test
  void aLayoutWithALinkToAFileOfTheHostIsRefused() throws IOException {
    TestImage image = new TestImage().layer(new TestTar().file("disk/d", "x".repeat(512)));
    Path layout = image.writeLayout(directory.resolve("layout"));
    Files.delete(layout.resolve("index.json"));
    Files.createSymbolicLink(layout.resolve("index.json"), Path.of("/etc/passwd"));

    assertThatThrownBy(
            () -> images.pull(new ImageSource.Layout(layout, ""), NAME, ImageProgress.SILENT))
        .hasMessage("the image is not complete: index.json is missing");
  }

  @Test
  void everyCutOfAnArchiveLeavesNothing() throws IOException {
    Path whole =
        new TestImage()
            .layer(new TestTar().file("disk/d", "x".repeat(600)))
            .writeArchive(directory.resolve("whole.tar"));
    byte[] bytes = Files.readAllBytes(whole);
    for (int length = 0; length < bytes.length - 1024; length += 512) {
      Path cut = directory.resolve("cut.tar");
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertThatThrownBy(
              () -> images.pull(new ImageSource.Archive(cut, ""), NAME, ImageProgress.SILENT))
          .as("cut at " + length)
          .isInstanceOf(ImageException.class);
    }
    nothingIsLeft();
  }

  @Test
  void aFileIsImportedWithItsHoles() throws IOException {
    Path raw = directory.resolve("raw.img");
    try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
      file.setLength(6 * 1024 * 1024);
      file.seek(3_000_000);
      file.write(1);
    }

    StoredImage stored = images.importFile(raw, NAME, ImageProgress.SILENT);

    Path disk = store.disk(stored).orElseThrow();
    assertThat(Files.mismatch(raw, disk)).isEqualTo(-1);
    assertThat(((Number) Files.getAttribute(disk, "unix:nlink")).intValue()).isEqualTo(1);
    assertThat(stored.size()).isEqualTo(6 * 1024 * 1024);
    assertThat(stored.digest()).isEqualTo("sha256:" + disk.getFileName());
    assertThatThrownBy(
            () -> images.importFile(directory.resolve("absent"), NAME, ImageProgress.SILENT))
        .isInstanceOf(ImageException.class);
  }

  @Test
  void anImageInUseIsNotRemoved() throws IOException {
    StoredImage stored = pull(disk(new TestTar().file("disk/d", "x".repeat(512))));
    Path disk = store.disk(stored).orElseThrow();
    user = Optional.of("demo");

    assertThatThrownBy(() -> store.remove(NAME))
        .hasMessage("image localhost/test:1 is in use by machine \"demo\"")
        .extracting(thrown -> ((ImageException) thrown).reason())
        .isEqualTo(ImageException.Reason.IN_USE);

    user = Optional.empty();
    store.remove(NAME);
    assertThat(disk).doesNotExist();
    assertThatThrownBy(() -> store.remove(NAME))
        .hasMessage("there is no image localhost/test:1 here: import or pull it");
    nothingIsLeft();
  }

  @Test
  void contentOfTwoNamesStaysUntilBothAreGone() throws IOException {
    ImageReference other = ImageReference.parse("localhost/test:2");
    Path archive =
        disk(new TestTar().file("disk/d", "x".repeat(512)))
            .writeArchive(directory.resolve("a.tar"));
    StoredImage one = images.pull(new ImageSource.Archive(archive, ""), NAME, ImageProgress.SILENT);
    StoredImage two =
        images.pull(new ImageSource.Archive(archive, ""), other, ImageProgress.SILENT);
    assertThat(store.disk(one)).isEqualTo(store.disk(two));

    store.remove(NAME);
    assertThat(store.disk(two).orElseThrow()).exists();
    store.remove(other);
    nothingIsLeft();
  }

  @Test
  void aNewImageOfTheSameNameReplacesTheOldOneUnlessAMachineStandsOnIt() throws IOException {
    Path first =
        store.disk(pull(disk(new TestTar().file("disk/d", "x".repeat(512))))).orElseThrow();
    user = Optional.of("demo");
    Path second =
        store.disk(pull(disk(new TestTar().file("disk/d", "y".repeat(512))))).orElseThrow();
    assertThat(first).exists();

    user = Optional.empty();
    store.sweep();

    assertThat(first).doesNotExist();
    assertThat(second).exists();
  }

  @Test
  void ofManyWhoPullTheSameImageOneDoes() throws Exception {
    Path archive =
        disk(new TestTar().file("disk/d", "x".repeat(4096)))
            .writeArchive(directory.resolve("a.tar"));
    AtomicInteger unpacked = new AtomicInteger();
    try (ExecutorService executor = Executors.newCachedThreadPool()) {
      List<Future<StoredImage>> all =
          executor.invokeAll(
              IntStream.range(0, 8)
                  .mapToObj(
                      i ->
                          (Callable<StoredImage>)
                              () ->
                                  images.pull(
                                      new ImageSource.Archive(archive, ""),
                                      NAME,
                                      (step, done, total) -> unpacked.incrementAndGet()))
                  .toList());
      for (Future<StoredImage> one : all) {
        assertThat(store.disk(one.get()).orElseThrow()).exists();
      }
    }
    assertThat(store.list()).hasSize(1);
    assertThat(unpacked.get()).isPositive();
  }

  @Test
  void whatACrashLeftIsSweptAway() throws IOException {
    Path old = directory.resolve("images/tmp/01234");
    pull(disk(new TestTar().file("disk/d", "x".repeat(512))));
    Files.createDirectories(old.resolve("blobs"));
    Files.createFile(old.resolve("lock"));
    Files.writeString(old.resolve("blobs/half"), "half");
    Path orphan = directory.resolve("images/blobs/sha256/" + "0".repeat(64));
    Files.writeString(orphan, "never named");
    try (Workspace working = store.workspace()) {
      store.sweep();
      assertThat(working.path("x").getParent()).exists();
    }

    assertThat(old).doesNotExist();
    assertThat(orphan).doesNotExist();
    assertThat(store.list()).hasSize(1);
  }

  @Test
  void aDamagedIndexIsAsGoodAsNoImage() throws IOException {
    pull(disk(new TestTar().file("disk/d", "x".repeat(512))));
    try (Stream<Path> files = Files.list(directory.resolve("images/index"))) {
      Files.writeString(
          files.findFirst().orElseThrow(), "{\"files\": {\"/disk/d\": {\"sha256\": \"../x\"}}}");
    }

    assertThat(store.list()).isEmpty();
    assertThat(store.find(NAME)).isEmpty();
  }

  private void refuses(TestImage image, String sentence) throws IOException {
    assertThatThrownBy(() -> pull(image))
        .isInstanceOf(ImageException.class)
        .message()
        .satisfies(
            message -> assertThat(message.replace("an image", "the image")).isEqualTo(sentence));
  }

  /** No blob, no index entry and no workspace. */
  private void nothingIsLeft() {
    store.sweep();
    assertThat(store.list()).isEmpty();
    for (String place : List.of("tmp", "blobs/sha256", "index")) {
      Path path = directory.resolve("images").resolve(place);
      if (Files.exists(path)) {
        assertThat(path).isEmptyDirectory();
      }
    }
  }

  private StoredImage pull(TestImage image) {
    try {
      Path archive = image.writeArchive(directory.resolve("image.tar"));
      return images.pull(new ImageSource.Archive(archive, ""), NAME, ImageProgress.SILENT);
    } catch (IOException unexpected) {
      throw new UncheckedIOException(unexpected);
    }
  }

  private static TestImage disk(TestTar tar) {
    return new TestImage().layer(tar);
  }

  private byte[] zstd(byte[] content) throws IOException, InterruptedException {
    Path file = Files.write(directory.resolve("plain"), content);
    Process program = new ProcessBuilder("zstd", "-qc", file.toString()).start();
    byte[] compressed = program.getInputStream().readAllBytes();
    assertThat(program.waitFor()).isZero();
    return compressed;
  }

  private ImageImport importer(ImageLimits limits) {
    return importer(limits, Programs.usual());
  }

  private ImageImport importer(ImageLimits limits, Programs programs) {
    return new ImageImport(
        store,
        new Skopeo(programs, Children.ofThisProcess(), Map.of()),
        new LayerStream(programs),
        limits,
        InstantSource.system());
  }
}
