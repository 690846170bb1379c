package dev.barevirt.launcher.pod;

import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.api.v1.source.Volume;
import dev.barevirt.launcher.guest.GuestException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns directories with whole images into the files in them that a guest is made of. */
final class PodPaths {
  private static final String DISK_DIRECTORY = "disk";

  private PodPaths() {}

  /** The request with plain files for its container disks and its kernel. */
  static GuestRequest resolve(GuestRequest request) {
    Map<String, Volume> wanted =
        request.vmi().spec().volumes().stream()
            .filter(volume -> volume.name() != null && volume.containerDisk() != null)
            .collect(
                Collectors.toMap(
                    volume -> Objects.requireNonNull(volume.name()),
                    Function.identity(),
                    (a, _) -> a));
    return new GuestRequest(
        request.version(),
        request.vmi(),
        request.volumes().stream().map(given -> volume(given, wanted.get(given.name()))).toList(),
        request.networks(),
        request.kernel() == null ? null : kernel(request.kernel()),
        request.placements(),
        request.options());
  }

  private static GivenVolume volume(GivenVolume given, @Nullable Volume wanted) {
    if (wanted == null
        || wanted.containerDisk() == null
        || given.kind() != GivenVolume.Kind.DIRECTORY) {
      return given;
    }
    String what = "container disk " + given.name();
    String inside = wanted.containerDisk().path();
    try (ImageDirectory image = ImageDirectory.open(what, Path.of(given.path()))) {
      Path file =
          inside == null || inside.isEmpty()
              ? image.onlyFileIn(DISK_DIRECTORY)
              : image.file(inside);
      return new GivenVolume(
          given.name(), GivenVolume.Kind.FILE, file.toString(), given.format(), true);
    }
  }

  private static GivenKernel kernel(GivenKernel given) {
    if (given.root() == null) {
      return given;
    }
    try (ImageDirectory image = ImageDirectory.open("kernel image", Path.of(given.root()))) {
      if (given.kernelPath() == null || given.kernelPath().isEmpty()) {
        throw new GuestException(LauncherFault.INVALID, "the kernel image's kernel has no path");
      }
      String initrd = given.initrdPath();
      return new GivenKernel(
          image.file(given.kernelPath()).toString(),
          initrd == null || initrd.isEmpty() ? null : image.file(initrd).toString());
    }
  }
}
