package dev.barevirt.launcher.qemu;

import org.jspecify.annotations.Nullable;

/** Tells what this host and a QEMU on it can do. */
@FunctionalInterface
public interface HostFactsSource {

  /**
   * The facts; found out once, then remembered.
   *
   * @param qemuBinary the QEMU to ask; the one on the path when null
   */
  HostProbe.Findings facts(@Nullable String qemuBinary) throws InterruptedException;
}
