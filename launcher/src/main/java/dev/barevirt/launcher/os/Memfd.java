package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A file that lives in memory and has no path: how a secret reaches a child.
 *
 * <p>Safe because the name is only a label, copied by the kernel, and the descriptor is closed on
 * exec.
 */
public final class Memfd {
  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;
  private static final int F_ADD_SEALS = 1033;
  private static final int ALL_SEALS = 0xf;

  private Memfd() {}

  /** A file of that content that nobody can change any more. Its offset is at its end. */
  public static OwnedFd sealed(String label, byte[] content) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(label);
      OwnedFd file =
          OwnedFd.of(
              (int)
                  Syscall.MEMFD_CREATE.orThrow(
                      "make a file in memory", name.address(), MFD_CLOEXEC | MFD_ALLOW_SEALING));
      try {
        RawBytes.write(file, content);
        Syscall.FCNTL.orThrow("seal a file in memory", file.number(), F_ADD_SEALS, ALL_SEALS);
        return file;
      } catch (OsException refused) {
        file.close();
        throw refused;
      }
    }
  }
}
