package dev.barevirt.launcher.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GivenVolume.Kind;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.yaml.YamlReader;
import dev.barevirt.launcher.disk.DiskException.Reason;
import dev.barevirt.launcher.machine.PreparedVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prepares volumes with the real qemu-img. */
class VolumePreparerIT {
  private static final GuestIdentity GUEST =
      new GuestIdentity("guest.default", "guest", null, GuestIdentity.BootKeys.NONE, List.of());
  private static final QemuImg QEMU_IMG = new QemuImg(new ChildProcessRunner(), "qemu-img");

  @TempDir Path directory;
  private Path disks;

  @BeforeEach
  void placeForDisks() {
    disks = directory.resolve("disks");
  }

  @Test
  void aContainerDiskGetsAnOverlayThatIsKeptUntilTheImageChanges() throws Exception {
    Path image = Files.write(directory.resolve("image"), new Qcow2Bytes().array());
    byte[] before = Files.readAllBytes(image);

    PreparedVolume.Disk first = containerDisk(image);
    PreparedVolume.Disk second = containerDisk(image);

    assertThat(first.layers())
        .extracting(PreparedVolume.Layer::readOnly)
        .containsExactly(false, true);
    assertThat(first.layers().getLast().path()).isEqualTo(image.toString());
    assertThat(first.layers().getLast().format()).isEqualTo(PreparedVolume.Format.QCOW2);
    assertThat(second).isEqualTo(first);
    assertThat(image).hasBinaryContent(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(disks)))
        .isEqualTo("rwx------");

    Files.write(image, Arrays.copyOf(before, before.length + 512));
    assertThat(containerDisk(image).layers().getFirst()).isNotEqualTo(first.layers().getFirst());
  }

  @Test
  void aContainerDiskDirectoryHoldsOneFile() throws Exception {
    Path root = directory.resolve("root");
    Path disk = Files.createDirectories(root.resolve("disk"));
    Files.write(disk.resolve("the-image"), new byte[4096]);
    assertThat(containerDisk(root).layers().getLast().path()).endsWith("the-image");

    Files.write(disk.resolve("another"), new byte[4096]);
    assertRefused("containerDisk: {image: a}", given(root), "several files");
  }

  @Test
  void anEmptyDiskIsKeptAndGrows() throws Exception {
    PreparedVolume.Disk small = disk("emptyDisk: {capacity: 1Mi}", null);
    Path file = Path.of(small.layers().getFirst().path());
    Object key = Files.getAttribute(file, "unix:ino");

    PreparedVolume.Disk large = disk("emptyDisk: {capacity: 4Mi}", null);

    assertThat(Path.of(large.layers().getFirst().path())).isEqualTo(file);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(key);
    assertThat(QEMU_IMG.info(file, DiskFormat.QCOW2)).contains("\"virtual-size\": 4194304");
  }

  @Test
  void aHostDiskIsCreatedGrownAndNeverChowned() throws Exception {
    Path file = directory.resolve("host.img");
    String source = "hostDisk: {path: %s, type: DiskOrCreate, capacity: %s}";

    disk(source.formatted(file, "1Mi"), null);
    assertThat(file).hasSize(1 << 20);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    disk(source.formatted(file, "2Mi"), null);
    assertThat(file).hasSize(2 << 20);
    disk(source.formatted(file, "1Mi"), null);
    assertThat(file).hasSize(2 << 20);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void hostDisksThatCannotBeAreRefusedAndNothingIsMade() throws Exception {
    Path file = directory.resolve("host.img");
    assertRefused("hostDisk: {path: " + file + ", type: Disk}", null, "does not exist");
    assertRefused(
        "hostDisk: {path: " + file + ", type: DiskOrCreate, capacity: 7Ei}", null, "are free");
    assertRefused("hostDisk: {path: " + file + ", type: DiskOrCreate}", null, "no capacity");
    assertRefused("hostDisk: {path: a/b, type: Disk}", null, "must be absolute");
    assertRefused("hostDisk: {path: /tmp/../etc/passwd, type: Disk}", null, "without . and ..");
    assertRefused("hostDisk: {path: /, type: Disk}", null, "it is a directory");
    assertThat(file).doesNotExist();
  }

  @Test
  void diskImgOfAClaimIsNoLink() throws Exception {
    Path claim = Files.createDirectory(directory.resolve("claim"));
    Files.createSymbolicLink(claim.resolve("disk.img"), Path.of("/etc/passwd"));

    assertRefused("persistentVolumeClaim: {claimName: a}", given(claim), "it is a symbolic link");
  }

  @Test
  void aForeignBackingFileIsRefusedUnlessAskedFor() throws Exception {
    Path base = Files.write(directory.resolve("base.raw"), new byte[1 << 20]);
    Path image = directory.resolve("image.qcow2");
    QEMU_IMG.createOverlay(
        image, new DiskImage(base, false, DiskFormat.RAW, 1 << 20, List.of()), 1 << 20);
    var given = new GivenVolume("v", Kind.FILE, image.toString(), GivenVolume.Format.QCOW2, false);

    assertRefused("persistentVolumeClaim: {claimName: a}", given, "names the backing file");

    GuestRequest refused = request("persistentVolumeClaim: {claimName: a}", given);
    GuestRequest asked = refused.withOptions(refused.options().withBackingFiles(true));
    var prepared = preparer().prepare(asked, GUEST);
    assertThat(((PreparedVolume.Disk) prepared.getFirst()).layers())
        .extracting(PreparedVolume.Layer::path)
        .containsExactly(image.toString(), base.toString());
  }

  @Test
  void aBackingFileThatAGuestWroteIntoItsRawDiskIsNeverFollowed() throws Exception {
    Path secret = Files.write(directory.resolve("secret.raw"), new byte[1 << 20]);
    Path disk = directory.resolve("disk.img");
    QEMU_IMG.createOverlay(
        disk, new DiskImage(secret, false, DiskFormat.RAW, 1 << 20, List.of()), 1 << 20);
    GuestRequest request =
        request("hostDisk: {path: " + disk + ", type: Disk}", (GivenVolume) null);

    GuestRequest asked = request.withOptions(request.options().withBackingFiles(true));
    var prepared = (PreparedVolume.Disk) preparer().prepare(asked, GUEST).getFirst();

    assertThat(prepared.layers())
        .singleElement()
        .extracting(PreparedVolume.Layer::format)
        .isEqualTo(PreparedVolume.Format.RAW);
  }

  @Test
  void whatWasMadeForOtherVolumesIsUndone() throws Exception {
    var request =
        request(
            """
            - {name: good, emptyDisk: {capacity: 1Mi}}
                - {name: bad, hostDisk: {path: /no/such, type: Disk}}
            """,
            "good",
            "bad");

    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> preparer().prepare(request, GUEST))
        .withMessage("disk image /no/such does not exist");
    try (Stream<Path> left = Files.list(disks)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void hostileNamesStayInTheDirectory() throws Exception {
    for (String name : List.of("../../escape", "a,b\\\"c", "x".repeat(300), "line\\nbreak")) {
      var request = request("- {name: \"" + name + "\", emptyDisk: {capacity: 1Mi}}", name);
      var prepared = (PreparedVolume.Disk) preparer().prepare(request, GUEST).getFirst();
      Path file = Path.of(prepared.layers().getFirst().path());
      assertThat(file.getParent()).isEqualTo(disks);
      assertThat(file.getFileName().toString()).matches("volume-[0-9a-f]{16}-empty\\.qcow2");
    }
  }

  @Test
  void aFullFileSystemIsSaidInOneSentenceAndTheHalfMadeDiskIsRemoved() throws Exception {
    ProgramRunner full =
        call -> {
          try {
            Files.writeString(disks.resolve("v-empty.qcow2.part"), "half");
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          String said = "qemu-img: " + disks + "/v: Could not write: No space left on device\nmore";
          return new ProgramRunner.Finished(1, "", said, false);
        };
    var preparer = new VolumePreparer(new QemuImg(full, "qemu-img"), disks);

    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(
            () ->
                preparer.prepare(request("emptyDisk: {capacity: 1Gi}", (GivenVolume) null), GUEST))
        .withMessageEndingWith("No space left on device")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE));
    try (Stream<Path> left = Files.list(disks)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void projectedFilesBecomeADiskAndLinksOutOfThemDoNot() throws Exception {
    Path config = directory.resolve("config");
    Path data = Files.createDirectories(config.resolve("..data"));
    Files.writeString(data.resolve("key"), "value");
    Files.createSymbolicLink(config.resolve("key"), Path.of("..data/key"));
    GivenVolume given = given(config);

    PreparedVolume.Disk made = disk("configMap: {name: a, volumeLabel: mine}", given);
    assertThat(Path.of(made.layers().getFirst().path())).isNotEmptyFile();

    Files.createSymbolicLink(config.resolve("passwd"), Path.of("/etc/passwd"));
    assertRefused("secret: {secretName: a}", given, "leads out of its directory");
    assertThat(disk("configMap: {name: a, optional: true}", null).layers()).hasSize(1);
    assertRefused("configMap: {name: a}", null, "gave no path");
  }

  @Test
  void aSeedThatIsNotBase64IsRefused() {
    assertRefused("cloudInitNoCloud: {userDataBase64: '***'}", null, "userDataBase64 is not");
    assertRefused("cloudInitNoCloud: {secretRef: {name: a}}", null, "no directory for its secret");
  }

  private PreparedVolume.Disk containerDisk(Path image) throws Exception {
    return disk("containerDisk: {image: a}", given(image));
  }

  private GivenVolume given(Path path) {
    Kind kind = Files.isDirectory(path) ? Kind.DIRECTORY : Kind.FILE;
    return new GivenVolume("v", kind, path.toString(), null, false);
  }

  private PreparedVolume.Disk disk(String source, @Nullable GivenVolume given) throws Exception {
    return (PreparedVolume.Disk) preparer().prepare(request(source, given), GUEST).getFirst();
  }

  private void assertRefused(String source, @Nullable GivenVolume given, String why) {
    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> preparer().prepare(request(source, given), GUEST))
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private VolumePreparer preparer() {
    return new VolumePreparer(QEMU_IMG, disks);
  }

  private static GuestRequest request(String source, @Nullable GivenVolume given) {
    return request(
        vmi("- {name: v, " + source + "}", "v"), given == null ? List.of() : List.of(given));
  }

  private static GuestRequest request(String volumes, String... disks) throws IOException {
    return request(vmi(volumes, disks), List.of());
  }

  private static GuestRequest request(VirtualMachineInstance vmi, List<GivenVolume> given) {
    return new GuestRequest(
        GuestRequest.VERSION, vmi, given, List.of(), null, List.of(), GuestOptions.DEFAULT);
  }

  private static VirtualMachineInstance vmi(String volumes, String... disks) {
    var shown = new StringBuilder();
    for (String disk : disks) {
      shown.append("        - {name: \"").append(disk).append("\"}\n");
    }
    String yaml =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata: {name: guest}
        spec:
          domain:
            devices:
              disks:
        %s
          volumes:
            %s
        """
            .formatted(shown, volumes.strip());
    return switch (YamlReader.read(VirtualMachineInstance.class, yaml)) {
      case Reading.Accepted<VirtualMachineInstance>(VirtualMachineInstance vmi) -> vmi;
      case Reading.Refused<VirtualMachineInstance> refused ->
          throw new AssertionError(refused.violations());
    };
  }
}
