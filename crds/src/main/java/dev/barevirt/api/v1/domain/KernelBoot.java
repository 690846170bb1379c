package dev.barevirt.api.v1.domain;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A kernel that is booted without a boot loader. */
public record KernelBoot(
    @Doc("The kernel's command line.") @Nullable String kernelArgs,
    @Doc("The image that holds kernel and initial ramdisk.") @Nullable Container container) {
  /** The same with another {@code container}. */
  public KernelBoot withContainer(@Nullable Container container) {
    return new KernelBoot(kernelArgs, container);
  }

  /** An image with a kernel in it. */
  public record Container(
      @Doc("The image.") @Required String image,
      @Doc("The secret to pull it with.") @Nullable String imagePullSecret,
      @Doc("When it is pulled.") @Allowed({"Always", "Never", "IfNotPresent"})
          @Nullable String imagePullPolicy,
      @Doc("The kernel's path in the image.") @Nullable String kernelPath,
      @Doc("The initial ramdisk's path in the image.") @Nullable String initrdPath) {
    public Container {
      image = Frozen.orElse(image, "");
    }

    /** The same with another {@code imagePullPolicy}. */
    public Container withImagePullPolicy(@Nullable String imagePullPolicy) {
      return new Container(image, imagePullSecret, imagePullPolicy, kernelPath, initrdPath);
    }
  }
}
