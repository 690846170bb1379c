package dev.barevirt.api.v1.status;

import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Unsigned;
import org.jspecify.annotations.Nullable;

/** The kernel an instance was booted with. */
public record KernelBootStatus(
    @Doc("The kernel.") @Nullable BootFile kernelInfo,
    @Doc("The initial ramdisk.") @Nullable BootFile initrdInfo) {
  /** A file an instance was booted with. */
  public record BootFile(@Doc("Its checksum.") @Unsigned @Nullable Long checksum) {}
}
