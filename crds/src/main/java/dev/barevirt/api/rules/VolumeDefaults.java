package dev.barevirt.api.rules;

import dev.barevirt.api.v1.domain.KernelBoot;
import dev.barevirt.api.v1.source.ContainerDisk;
import dev.barevirt.api.v1.source.Volume;

/** When images are pulled, where nothing is said: always when their tag may move. */
final class VolumeDefaults {
  private VolumeDefaults() {}

  static Volume apply(Volume volume) {
    ContainerDisk disk = volume.containerDisk();
    return disk == null || !Words.isBlank(disk.imagePullPolicy())
        ? volume
        : volume.withContainerDisk(disk.withImagePullPolicy(policy(disk.image())));
  }

  static KernelBoot.Container kernel(KernelBoot.Container container) {
    return Words.isBlank(container.imagePullPolicy()) && !container.image().isEmpty()
        ? container.withImagePullPolicy(policy(container.image()))
        : container;
  }

  private static String policy(String image) {
    if (image.contains("@")) {
      return "IfNotPresent";
    }
    String name = image.substring(image.lastIndexOf('/') + 1);
    boolean moving = !name.contains(":") || name.endsWith(":latest");
    return moving ? "Always" : "IfNotPresent";
  }
}
