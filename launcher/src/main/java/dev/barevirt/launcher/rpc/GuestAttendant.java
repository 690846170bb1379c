package dev.barevirt.launcher.rpc;

import dev.barevirt.api.launcher.GuestRequest;

/** Does what a guest in a pod needs beside QEMU. */
public interface GuestAttendant {
  /**
   * The request with what its paths lead to here.
   *
   * @throws dev.barevirt.launcher.guest.GuestException when one leads nowhere, or out of its place
   */
  GuestRequest resolve(GuestRequest request);

  /** A guest is about to start or to change. */
  void before(GuestRequest request);

  /** It runs. */
  void after(GuestRequest request);
}
