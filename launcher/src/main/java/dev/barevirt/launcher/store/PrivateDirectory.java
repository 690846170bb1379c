package dev.barevirt.launcher.store;

import dev.barevirt.launcher.os.FileStatus;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.OsException;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A directory that nobody but its owner may look into. One that is there already is trusted only
 * when it is ours, closed to others and no symbolic link: in a place like {@code /tmp} somebody
 * else may have been there first.
 */
public final class PrivateDirectory {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final int OTHERS = 077;

  private PrivateDirectory() {}

  /** Makes the directory, and the missing ones above it, or checks the one that is there. */
  public static Path ensure(Path directory) {
    Path parent = directory.getParent();
    try {
      if (parent != null && !Files.isDirectory(parent)) {
        ensure(parent);
      }
      try {
        Files.createDirectory(directory, OWNER_ONLY);
      } catch (FileAlreadyExistsException there) {
        requireOurs(directory);
      }
      return directory;
    } catch (IOException refused) {
      throw FileTrouble.of("make the directory " + directory, refused);
    }
  }

  /** Makes the directory; one that is there already is an error. */
  static void create(Path directory) throws IOException {
    Files.createDirectory(directory, OWNER_ONLY);
  }

  private static void requireOurs(Path directory) {
    Privileges me = Privileges.current();
    try (OwnedFd opened =
        OpenFile.open(directory, Set.of(OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW))) {
      FileStatus status = FileStatus.of(opened);
      boolean givenToQemu = me.isRoot() && status.uid() == Privileges.QEMU_USER;
      if (status.uid() != me.uid() && !givenToQemu) {
        throw new StoreException(
            StoreException.Reason.UNSAFE,
            "the directory %s belongs to user %d, not to us".formatted(directory, status.uid()));
      }
      if ((status.permissions() & OTHERS) != 0) {
        throw new StoreException(
            StoreException.Reason.UNSAFE,
            "the directory %s is open to others (mode %o): run chmod 700 on it"
                .formatted(directory, status.permissions()));
      }
    } catch (OsException refused) {
      throw new StoreException(
          StoreException.Reason.UNSAFE, directory + " is no directory of ours", refused);
    }
  }
}
