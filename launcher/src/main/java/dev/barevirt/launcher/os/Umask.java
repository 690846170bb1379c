package dev.barevirt.launcher.os;

/**
 * The permissions that new files of this whole process never get.
 *
 * <p>Safe because it takes a number and cannot fail; a main sets it before it starts a thread.
 */
public final class Umask {
  private static final int OWNER_ONLY = 077;

  private Umask() {}

  /** New files, directories and sockets of this process and its children are its owner's alone. */
  public static void ownerOnly() {
    Syscall.UMASK.call(OWNER_ONLY);
  }
}
