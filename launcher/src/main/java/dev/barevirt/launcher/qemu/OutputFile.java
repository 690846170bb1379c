package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.OsException;
import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

/**
 * A new file of this host that QEMU fills through a descriptor. Closed without having been {@link
 * #keep kept} it is removed: nobody finds half of anything.
 */
final class OutputFile implements AutoCloseable {
  private final Path path;
  private final OwnedFd descriptor;
  private boolean kept;

  private OutputFile(Path path, OwnedFd descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /** Makes the file; one that is there already is never touched. */
  static OutputFile create(Path path) {
    Set<OpenFlag> flags = EnumSet.of(OpenFlag.WRITE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE);
    try {
      return new OutputFile(path, OpenFile.open(path, flags));
    } catch (OsException refused) {
      throw new GuestException(
          Files.exists(path) ? LauncherFault.CONFLICT : LauncherFault.FAILED,
          String.valueOf(refused.getMessage()));
    }
  }

  /** A descriptor to give away. */
  OwnedFd give() {
    return descriptor.duplicate();
  }

  /** Flushes the file, which is whole now. */
  void keep() {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.force(true);
      kept = true;
    } catch (IOException failed) {
      throw GuestException.failed("cannot flush " + path + ": " + failed.getMessage());
    }
  }

  @Override
  public void close() {
    descriptor.close();
    if (kept) {
      return;
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException stays) {
      throw GuestException.failed(
          "cannot remove the unfinished " + path + ": " + stays.getMessage());
    }
  }
}
