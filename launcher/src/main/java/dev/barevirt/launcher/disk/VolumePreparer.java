package dev.barevirt.launcher.disk;

import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.api.v1.device.Filesystem;
import dev.barevirt.api.v1.domain.Firmware;
import dev.barevirt.api.v1.source.Volume;
import dev.barevirt.launcher.disk.DiskException.Reason;
import dev.barevirt.launcher.disk.ImageInspection.Links;
import dev.barevirt.launcher.disk.ImageInspection.Trust;
import dev.barevirt.launcher.machine.PreparedVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the volumes of one machine ready: inspects images, lays overlays over those that must not
 * be written, makes empty disks and seeds. When one volume cannot be made ready, everything made
 * for the others in the same act is removed again; what an earlier run left stays.
 */
public final class VolumePreparer {
  private static final ImageInspection STRICT = new ImageInspection(Links.REFUSED);
  private static final ImageInspection LENIENT = new ImageInspection(Links.FOLLOWED);

  private final Path directory;
  private final OverlayStore overlays;
  private final HostDiskFile hostDisks;

  /**
   * A preparer for the machine that owns a directory.
   *
   * @param qemuImg makes the images
   * @param directory where they are made; nobody else writes there
   */
  public VolumePreparer(QemuImg qemuImg, Path directory) {
    this.directory = directory;
    this.overlays = new OverlayStore(qemuImg, directory);
    this.hostDisks = new HostDiskFile(qemuImg);
  }

  /**
   * Prepares every volume that a disk or a shared directory of the guest shows.
   *
   * @throws DiskException when one cannot be made ready
   */
  public List<PreparedVolume> prepare(GuestRequest request, GuestIdentity guest)
      throws InterruptedException {
    VirtualMachineInstanceSpec spec = request.vmi().spec();
    Map<String, GivenVolume> given =
        request.volumes().stream()
            .collect(Collectors.toMap(GivenVolume::name, Function.identity(), (a, b) -> b));
    List<String> disks =
        spec.domain().devices().disks().stream().map(Disk::name).map(VolumePreparer::text).toList();
    List<String> shared =
        Stream.concat(
                spec.domain().devices().filesystems().stream().map(Filesystem::name),
                acpiTables(spec.domain().firmware()))
            .map(VolumePreparer::text)
            .toList();
    makeDirectory();
    try (var undo = new Undo()) {
      var prepared = new ArrayList<PreparedVolume>();
      for (Volume volume : spec.volumes()) {
        String name = text(volume.name());
        if (disks.contains(name)) {
          prepared.add(new OneVolume(volume, given, request.options(), guest, undo).prepare());
        } else if (shared.contains(name)) {
          prepared.add(sharedDirectory(volume, name, given));
        }
      }
      undo.keep();
      return prepared;
    }
  }

  /** The volumes whose files are ACPI tables: QEMU reads them where they are. */
  private static Stream<String> acpiTables(@Nullable Firmware firmware) {
    return firmware == null || firmware.acpi() == null
        ? Stream.of()
        : Stream.of(text(firmware.acpi().slicNameRef()), text(firmware.acpi().msdmNameRef()));
  }

  private void makeDirectory() {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw DiskException.during("making the directory " + directory, e);
    }
  }

  private static PreparedVolume sharedDirectory(
      Volume volume, String name, Map<String, GivenVolume> given) {
    GivenVolume found = given.get(name);
    String path =
        volume.containerPath() != null ? text(volume.containerPath().path()) : path(name, found);
    if (!Files.isDirectory(Path.of(path))) {
      throw new DiskException(
          Reason.MISSING,
          "volume %s: there is no directory %s".formatted(Printable.of(name), Printable.of(path)));
    }
    return new PreparedVolume.Directory(name, path);
  }

  private static String path(String name, @Nullable GivenVolume given) {
    if (given == null) {
      throw new DiskException(
          Reason.MISSING, "volume %s: this host gave no path for it".formatted(Printable.of(name)));
    }
    return given.path();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** The preparation of one volume. */
  private final class OneVolume {
    private final Volume volume;
    private final String name;
    private final @Nullable GivenVolume given;
    private final @Nullable GivenVolume networkData;
    private final boolean backingFiles;
    private final GuestIdentity guest;
    private final Undo undo;

    OneVolume(
        Volume volume,
        Map<String, GivenVolume> all,
        GuestOptions options,
        GuestIdentity guest,
        Undo undo) {
      this.volume = volume;
      this.name = text(volume.name());
      this.backingFiles = options.backingFiles();
      this.given = all.get(name);
      this.networkData = all.get(name + GivenVolume.NETWORK_DATA);
      this.guest = guest;
      this.undo = undo;
    }

    PreparedVolume prepare() throws InterruptedException {
      if (volume.hostDisk() != null) {
        return hostDisk();
      }
      if (volume.persistentVolumeClaim() != null || volume.dataVolume() != null) {
        DiskImage image = claim();
        boolean readOnly = given != null && given.readOnly();
        return overlays.withSnapshots(name, image, readOnly);
      }
      if (volume.ephemeral() != null) {
        return overlays.over(name, claim(), undo);
      }
      if (volume.containerDisk() != null) {
        return overlays.over(name, containerDisk(), undo);
      }
      if (volume.emptyDisk() != null) {
        var capacity = volume.emptyDisk().capacity();
        return overlays.empty(name, capacity == null ? 0 : capacity.bytes(), undo);
      }
      if (volume.downwardMetrics() != null) {
        return overlays.figures(name, undo);
      }
      return overlays.seed(name, seed(), undo);
    }

    private PreparedVolume hostDisk() throws InterruptedException {
      var spec = java.util.Objects.requireNonNull(volume.hostDisk());
      String at = given == null ? text(spec.path()) : given.path();
      var declared = given == null ? null : DiskFormat.of(given.format());
      hostDisks.ensure(spec, at, declared, undo);
      DiskImage image = LENIENT.inspect(Path.of(at), declared, rawUnless(declared));
      return overlays.withSnapshots(name, image, given != null && given.readOnly());
    }

    private DiskImage claim() {
      GivenVolume claim = given;
      Path at = Path.of(path(name, claim));
      DiskFormat declared = claim == null ? null : DiskFormat.of(claim.format());
      if (claim != null && claim.kind() == GivenVolume.Kind.DIRECTORY) {
        return STRICT.inspect(at.resolve("disk.img"), declared, rawUnless(declared));
      }
      return LENIENT.inspect(at, declared, rawUnless(declared));
    }

    private DiskImage containerDisk() {
      GivenVolume image = given;
      Path at = Path.of(path(name, image));
      DiskFormat declared = image == null ? null : DiskFormat.of(image.format());
      if (image != null && image.kind() == GivenVolume.Kind.DIRECTORY) {
        return STRICT.inspect(onlyFileIn(at), declared, Trust.DETECT);
      }
      return LENIENT.inspect(at, declared, asked(Trust.DETECT));
    }

    /** A guest can write a header that names any file to a raw disk, so that is never believed. */
    private Trust rawUnless(@Nullable DiskFormat declared) {
      return declared == null ? Trust.RAW_UNLESS_DECLARED : asked(Trust.RAW_UNLESS_DECLARED);
    }

    private Trust asked(Trust otherwise) {
      return backingFiles ? Trust.DETECT_WITH_BACKING : otherwise;
    }

    private IsoImage seed() {
      if (volume.cloudInitNoCloud() != null) {
        var data = CloudInitData.read(name, volume.cloudInitNoCloud(), given, networkData);
        return CloudInitSeed.noCloud(guest, data.userData(), data.networkData());
      }
      if (volume.cloudInitConfigDrive() != null) {
        var data = CloudInitData.read(name, volume.cloudInitConfigDrive(), given, networkData);
        return CloudInitSeed.configDrive(guest, data.userData(), data.networkData());
      }
      if (volume.sysprep() != null) {
        return new IsoImage("unattendCD", files(false));
      }
      var configMap = volume.configMap();
      if (configMap != null) {
        return new IsoImage(label(configMap.volumeLabel()), files(configMap.optional()));
      }
      var secret = volume.secret();
      if (secret != null) {
        return new IsoImage(label(secret.volumeLabel()), files(secret.optional()));
      }
      var downward = volume.downwardAPI();
      if (downward != null) {
        return new IsoImage(label(downward.volumeLabel()), files(false));
      }
      if (volume.serviceAccount() != null) {
        return new IsoImage(label(null), files(false));
      }
      throw new DiskException(
          Reason.IMAGE_REFUSED,
          "volume %s has no source that a disk can show".formatted(Printable.of(name)));
    }

    private Map<String, byte[]> files(@Nullable Boolean optional) {
      if (given == null && Boolean.TRUE.equals(optional)) {
        return Map.of();
      }
      return ProjectedFiles.read(Path.of(path(name, given)));
    }

    private static String label(@Nullable String chosen) {
      return chosen == null || chosen.isEmpty() ? "cfgdata" : chosen;
    }
  }

  private static Path onlyFileIn(Path directory) {
    Path at = Files.isDirectory(directory.resolve("disk")) ? directory.resolve("disk") : directory;
    try (Stream<Path> entries = Files.list(at)) {
      List<Path> found = entries.limit(2).toList();
      if (found.size() == 1) {
        return found.getFirst();
      }
      throw new DiskException(
          Reason.IMAGE_REFUSED,
          "container disk %s is refused: it holds %s instead of one file"
              .formatted(
                  Printable.of(at.toString()), found.isEmpty() ? "nothing" : "several files"));
    } catch (IOException e) {
      throw DiskException.during("looking into " + Printable.of(at.toString()), e);
    }
  }
}
