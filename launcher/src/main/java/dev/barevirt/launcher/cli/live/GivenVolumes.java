package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GivenVolume.Format;
import dev.barevirt.api.launcher.GivenVolume.Kind;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.source.HostDisk;
import dev.barevirt.api.v1.source.Volume;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.launcher.cli.spec.AccessSecrets;
import dev.barevirt.launcher.cli.spec.HostNotes;
import dev.barevirt.launcher.cli.spec.VolumeObjects;
import dev.barevirt.launcher.disk.DiskFormat;
import dev.barevirt.launcher.disk.DiskImage;
import dev.barevirt.launcher.disk.ImageInspection;
import dev.barevirt.launcher.disk.ImageInspection.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the host's files for a machine's volumes and refuses what must not be attached, before
 * anything is started.
 */
final class GivenVolumes {
  private final VirtualMachineInstance vmi;
  private final ImageLookup images;
  private final List<GivenVolume> earlier;
  private final ImageInspection inspection = new ImageInspection(ImageInspection.Links.FOLLOWED);

  /**
   * @param vmi the machine
   * @param images the image store
   * @param earlier what an earlier run was given: a disk's format is found out once, before a guest
   *     could write a header into it
   */
  GivenVolumes(VirtualMachineInstance vmi, ImageLookup images, List<GivenVolume> earlier) {
    this.vmi = vmi;
    this.images = images;
    this.earlier = earlier;
  }

  List<GivenVolume> all() {
    List<GivenVolume> given = new ArrayList<>();
    for (Volume volume : vmi.spec().volumes()) {
      one(volume).ifPresent(given::add);
    }
    for (String secret : AccessSecrets.of(vmi)) {
      given.add(credential(secret));
    }
    requireDifferent(given);
    return given;
  }

  /** Two disks that are written to and are one file would ruin it; QEMU would only say "lock". */
  private void requireDifferent(List<GivenVolume> given) {
    Map<Path, String> writers = new HashMap<>();
    for (GivenVolume volume : given) {
      if (volume.kind() != Kind.DIRECTORY && !volume.readOnly() && writesAlone(volume.name())) {
        String other = writers.put(real(Path.of(volume.path())), volume.name());
        if (other != null) {
          throw CliFailure.of(
                  ExitCode.SPEC_INVALID,
                  "disks '%s' and '%s' are the same file %s"
                      .formatted(other, volume.name(), Text.printable(volume.path())))
              .advising("give each disk a file of its own");
        }
      }
    }
  }

  private boolean writesAlone(String name) {
    return vmi.spec().domain().devices().disks().stream()
        .filter(disk -> name.equals(disk.name()))
        .anyMatch(
            disk ->
                !Boolean.TRUE.equals(disk.shareable())
                    && disk.cdrom() == null
                    && (disk.disk() == null || !Boolean.TRUE.equals(disk.disk().readonly())));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize(); // one that is made at the start
    }
  }

  private Optional<GivenVolume> one(Volume volume) {
    String name = volume.name();
    if (volume.hostDisk() != null) {
      return hostDisk(name, volume.hostDisk());
    }
    if (volume.containerDisk() != null) {
      String inImage = volume.containerDisk().path();
      Path disk = image(volume.containerDisk().image(), inImage == null ? "" : inImage);
      return Optional.of(inspected(name, disk, true));
    }
    if (volume.containerPath() != null) {
      boolean readOnly = Boolean.TRUE.equals(volume.containerPath().readOnly());
      return Optional.of(directory(name, volume.containerPath().path(), readOnly));
    }
    if (volume.persistentVolumeClaim() != null) {
      return Optional.of(claim(name, volume.persistentVolumeClaim().claimName(), false));
    }
    if (volume.dataVolume() != null) {
      return Optional.of(claim(name, volume.dataVolume().name(), false));
    }
    if (volume.ephemeral() != null && volume.ephemeral().persistentVolumeClaim() != null) {
      return Optional.of(claim(name, volume.ephemeral().persistentVolumeClaim().claimName(), true));
    }
    return VolumeObjects.files(volume)
        .map(source -> directory(name, noted(volume(name), source), true));
  }

  private Optional<GivenVolume> hostDisk(String name, HostDisk disk) {
    Path path = Path.of(disk.path());
    boolean shared = Boolean.TRUE.equals(disk.shared());
    if (Files.notExists(path) && disk.type().equals("DiskOrCreate")) {
      return Optional.of(new GivenVolume(name, Kind.FILE, path.toString(), Format.RAW, shared));
    }
    return Optional.of(inspected(name, path, false));
  }

  private GivenVolume inspected(String name, Path path, boolean readOnly) {
    Optional<Format> known =
        earlier.stream()
            .filter(given -> given.name().equals(name) && given.path().equals(path.toString()))
            .findFirst()
            .map(GivenVolume::format);
    DiskFormat declared = known.map(GivenVolumes::diskFormat).orElse(null);
    DiskImage image = inspection.inspect(path, declared, trust());
    Kind kind = image.onBlockDevice() ? Kind.BLOCK : Kind.FILE;
    Format format = image.format() == DiskFormat.QCOW2 ? Format.QCOW2 : Format.RAW;
    return new GivenVolume(name, kind, path.toString(), format, readOnly);
  }

  private Trust trust() {
    return HostNotes.allowsBacking(vmi) ? Trust.DETECT_WITH_BACKING : Trust.DETECT;
  }

  private static DiskFormat diskFormat(Format format) {
    return format == Format.QCOW2 ? DiskFormat.QCOW2 : DiskFormat.RAW;
  }

  private GivenVolume claim(String name, String claim, boolean readOnly) {
    return inspected(name, Path.of(noted(volume(name), claim)), readOnly);
  }

  private static GivenVolume directory(String name, String path, boolean readOnly) {
    if (!Files.isDirectory(Path.of(path))) {
      throw CliFailure.of(
          ExitCode.SPEC_INVALID,
          "volume '" + name + "': there is no directory " + Text.printable(path));
    }
    return new GivenVolume(name, Kind.DIRECTORY, path, null, readOnly);
  }

  private static String volume(String name) {
    return "volume '" + name + "'";
  }

  private GivenVolume credential(String secret) {
    String path = noted("accessCredentials", secret);
    if (!Files.isDirectory(Path.of(path))) {
      throw CliFailure.of(
          ExitCode.SPEC_INVALID,
          "secret '" + Text.printable(secret) + "': there is no directory " + Text.printable(path));
    }
    return new GivenVolume(GivenVolume.CREDENTIAL + secret, Kind.DIRECTORY, path, null, true);
  }

  /**
   * Objects of a cluster do not exist here; an annotation says which file or directory stands for
   * one.
   */
  private String noted(String user, String object) {
    String key = HostNotes.FILES + object;
    String path = vmi.metadata().annotations().get(key);
    if (path == null || !path.startsWith("/")) {
      throw CliFailure.of(
              ExitCode.SPEC_INVALID,
              user + " needs '" + Text.printable(object) + "', which only a cluster has")
          .advising("say where it is here: the annotation " + key + " with an absolute path");
    }
    return path;
  }

  private Path image(String reference, String inImage) {
    if (reference.startsWith(HostNotes.FILE_IMAGE)) {
      return Path.of(reference.substring(HostNotes.FILE_IMAGE.length()));
    }
    return images.disk(reference, inImage).orElseThrow(() -> noImage(reference));
  }

  static CliFailure noImage(String reference) {
    String shown = Text.printable(reference);
    return CliFailure.of(ExitCode.IMAGE, "there is no image '" + shown + "' in the store")
        .advising("fetch it with 'launcher image pull " + shown + "'; for a file write ./" + shown);
  }
}
