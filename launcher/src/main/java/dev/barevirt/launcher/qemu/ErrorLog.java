package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;

/**
 * The file that a QEMU writes its complaints to. It is a file and no pipe, so that a QEMU which
 * outlives its launcher can go on complaining.
 */
final class ErrorLog {
  private static final int TAIL_BYTES = 8 * 1024;
  private static final int TAIL_LINES = 8;
  private static final long LIMIT = 1024 * 1024;

  private final Path file;
  private final long begin;

  private ErrorLog(Path file, long begin) {
    this.file = file;
    this.begin = begin;
  }

  /** A log that begins where an earlier one ends; one that has grown too big begins anew. */
  static ErrorLog continuing(Path file) {
    try {
      if (!Files.exists(file)) {
        return new ErrorLog(file, 0);
      }
      if (Files.size(file) > LIMIT) {
        Files.delete(file);
        return new ErrorLog(file, 0);
      }
      return new ErrorLog(file, Files.size(file));
    } catch (IOException unreadable) {
      return new ErrorLog(file, 0);
    }
  }

  /** The log of a QEMU that runs already. */
  static ErrorLog of(Path file) {
    return new ErrorLog(file, 0);
  }

  /** The file, open for a child to write at its end. */
  OwnedFd open() {
    return OpenFile.open(file, EnumSet.of(OpenFlag.WRITE, OpenFlag.CREATE, OpenFlag.APPEND));
  }

  /** The last lines written since it was begun. */
  List<String> tail() {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(begin, channel.size() - TAIL_BYTES);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - from));
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
        // until all is read
      }
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      List<String> lines =
          text.lines().filter(line -> !line.isBlank()).map(ErrorLog::plain).toList();
      return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    } catch (IOException nothing) {
      return List.of();
    }
  }

  /** QEMU's time stamp and program name say nothing to whoever reads a tail. */
  private static String plain(String line) {
    return line.replaceFirst("^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z ", "")
        .replaceFirst("^(/\\S*/)?qemu-system-\\w+: ", "")
        .replaceAll("\\p{Cntrl}", " ");
  }
}
