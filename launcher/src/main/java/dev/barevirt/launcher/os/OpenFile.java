package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Set;

/**
 * Opens files with {@code openat2}, the one call that can refuse symbolic links anywhere in a path.
 *
 * <p>Safe because the structure it passes is zeroed, has the size the kernel is told, and lives
 * until the call returns. Every descriptor is closed on exec.
 */
public final class OpenFile {
  private static final int AT_FDCWD = -100;
  private static final int O_CLOEXEC = 02000000;
  private static final int HOW_BYTES = 24;
  private static final int NO_MAGIC_LINKS = 0x02;
  private static final int NO_SYMBOLIC_LINKS = 0x04;
  private static final int BENEATH = 0x08;
  private static final int IN_ROOT = 0x10;
  private static final int PRIVATE = 0600;

  private OpenFile() {}

  /** Opens a path that the user or this program chose; a file it creates is its owner's alone. */
  public static OwnedFd open(Path path, Set<OpenFlag> flags) {
    return open(AT_FDCWD, path.toAbsolutePath().toString(), flags, NO_MAGIC_LINKS);
  }

  /**
   * Opens a path that came with data (an image, an archive): it may neither leave the directory nor
   * go through any symbolic link.
   */
  public static OwnedFd openBeneath(OwnedFd directory, String relative, Set<OpenFlag> flags) {
    return open(directory.number(), relative, flags, BENEATH | NO_SYMBOLIC_LINKS | NO_MAGIC_LINKS);
  }

  /**
   * Opens a path that came with data, whose links are followed as if the directory were the whole
   * file system.
   */
  public static OwnedFd openInRoot(OwnedFd directory, String inside, Set<OpenFlag> flags) {
    return open(directory.number(), inside, flags, IN_ROOT | NO_MAGIC_LINKS);
  }

  private static OwnedFd open(int directory, String path, Set<OpenFlag> flags, int resolve) {
    int bits = flags.stream().mapToInt(OpenFlag::bits).reduce(O_CLOEXEC, (a, b) -> a | b);
    if (path.indexOf('\0') >= 0) {
      throw OsException.refused("cannot open a path with a NUL byte in it", Errno.EINVAL);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment how = arena.allocate(HOW_BYTES, 8);
      how.set(Libc.LONG, 0, bits);
      how.set(Libc.LONG, 8, flags.contains(OpenFlag.CREATE) ? PRIVATE : 0);
      how.set(Libc.LONG, 16, resolve);
      MemorySegment name = arena.allocateFrom(path);
      return OwnedFd.of(
          (int)
              Syscall.OPENAT2.orThrow(
                  "open " + path, directory, name.address(), how.address(), HOW_BYTES));
    }
  }
}
