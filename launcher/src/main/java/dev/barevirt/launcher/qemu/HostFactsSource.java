package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.machine.HostFacts;
import org.jspecify.annotations.Nullable;

/** Tells what this host and a QEMU on it can do. */
@FunctionalInterface
public interface HostFactsSource {

  /**
   * The facts; found out once, then remembered.
   *
   * @param qemuBinary the QEMU to ask; the one on the path when null
   */
  HostFacts facts(@Nullable String qemuBinary) throws InterruptedException;
}
