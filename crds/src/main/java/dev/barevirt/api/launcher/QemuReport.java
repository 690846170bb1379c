package dev.barevirt.api.launcher;

import org.jspecify.annotations.Nullable;

/**
 * The QEMU process of a guest.
 *
 * @param pid its process id
 * @param startTicks when it started, in the kernel's clock ticks since boot: with the pid it names
 *     one process for good
 * @param version its version
 * @param accelerator what runs the guest's code
 * @param acceleratorReason why it is not KVM, when it is not
 * @param machineType the versioned machine type
 * @param exitStatus its exit status, once it has ended by itself
 * @param signal the signal that ended it, once one has
 */
public record QemuReport(
    @Nullable Integer pid,
    @Nullable Long startTicks,
    @Nullable String version,
    @Nullable Accelerator accelerator,
    @Nullable String acceleratorReason,
    @Nullable String machineType,
    @Nullable Integer exitStatus,
    @Nullable Integer signal) {

  /** What runs a guest's code. */
  public enum Accelerator {
    /** The processor itself. */
    KVM,
    /** An emulator; slow, and works everywhere. */
    TCG
  }
}
