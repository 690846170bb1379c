package dev.barevirt.api.v1.source;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A disk image in a container image. */
public record ContainerDisk(
    @Doc("The container image.") @Required String image,
    @Doc("The secret to pull it with.") @Nullable String imagePullSecret,
    @Doc("The disk image's path; the only file in /disk when absent.") @Nullable String path,
    @Doc("When it is pulled.") @Allowed({"Always", "Never", "IfNotPresent"})
        @Nullable String imagePullPolicy) {
  public ContainerDisk {
    image = Frozen.orElse(image, "");
  }

  /** The same with another {@code imagePullPolicy}. */
  public ContainerDisk withImagePullPolicy(@Nullable String imagePullPolicy) {
    return new ContainerDisk(image, imagePullSecret, path, imagePullPolicy);
  }
}
