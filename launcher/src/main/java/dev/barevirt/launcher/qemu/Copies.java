package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.machine.FileCopy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Makes the files that a machine needs as copies of others, such as firmware variables. */
final class Copies {
  private Copies() {}

  /** Makes one, whole or not at all. */
  static void make(FileCopy copy) {
    Path to = Path.of(copy.to());
    if (copy.keep() && Files.exists(to)) {
      return;
    }
    Path part = to.resolveSibling("." + to.getFileName() + ".part");
    try {
      Files.copy(Path.of(copy.from()), part, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException refused) {
      throw GuestException.failed(
          "cannot copy %s to %s: %s".formatted(copy.from(), to, refused.getMessage()));
    }
  }
}
