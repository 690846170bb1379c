package dev.barevirt.api.launcher;

import org.jspecify.annotations.Nullable;

/**
 * How a host runs a guest: what the instance's API has no field for.
 *
 * @param emulation whether the guest may run without hardware virtualisation
 * @param io the I/O engine for disks whose specification names none; the launcher's choice when
 *     absent
 * @param detached whether the guest goes on when its launcher ends
 * @param vnc whether a display is served even when the instance does not ask for one
 * @param memoryHeadroomBytes what QEMU may use beyond the guest's memory, where a cgroup limits it
 * @param hotplugPorts PCI ports kept free for devices plugged in later; the launcher's choice when
 *     absent
 * @param machineType the versioned machine type of an earlier run
 * @param qemuBinary the QEMU to run; the one on the path when absent
 * @param backingFiles whether images of disks may name backing files on this host; refused when not
 *     asked for, because whoever makes an image could name any file
 * @param logSerialConsole whether the launcher writes the lines of the guest's first serial port to
 *     its standard output, as JSON
 */
public record GuestOptions(
    boolean emulation,
    @Nullable Io io,
    boolean detached,
    boolean vnc,
    @Nullable Long memoryHeadroomBytes,
    @Nullable Integer hotplugPorts,
    @Nullable String machineType,
    @Nullable String qemuBinary,
    boolean backingFiles,
    boolean logSerialConsole) {

  /** Emulation allowed, nothing else asked for. */
  public static final GuestOptions DEFAULT =
      new GuestOptions(true, null, false, false, null, null, null, null, false, false);

  /** QEMU's I/O engines for host files. */
  public enum Io {
    /** A pool of threads; always works. */
    THREADS,
    /** Linux AIO, for images opened without the page cache. */
    NATIVE,
    /** io_uring, where host and sandbox allow it. */
    IO_URING
  }

  /** The same options, the guest outliving its launcher or not. */
  public GuestOptions withDetached(boolean outlives) {
    return new GuestOptions(
        emulation,
        io,
        outlives,
        vnc,
        memoryHeadroomBytes,
        hotplugPorts,
        machineType,
        qemuBinary,
        backingFiles,
        logSerialConsole);
  }

  /** The same options, bound to a versioned machine type. */
  public GuestOptions withMachineType(@Nullable String versioned) {
    return new GuestOptions(
        emulation,
        io,
        detached,
        vnc,
        memoryHeadroomBytes,
        hotplugPorts,
        versioned,
        qemuBinary,
        backingFiles,
        logSerialConsole);
  }

  /** The same options, backing files allowed or not. */
  public GuestOptions withBackingFiles(boolean allowed) {
    return new GuestOptions(
        emulation,
        io,
        detached,
        vnc,
        memoryHeadroomBytes,
        hotplugPorts,
        machineType,
        qemuBinary,
        allowed,
        logSerialConsole);
  }

  /** The same options, the guest's serial lines written to standard output or not. */
  public GuestOptions withLogSerialConsole(boolean logged) {
    return new GuestOptions(
        emulation,
        io,
        detached,
        vnc,
        memoryHeadroomBytes,
        hotplugPorts,
        machineType,
        qemuBinary,
        backingFiles,
        logged);
  }
}
