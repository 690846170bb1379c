package dev.barevirt.launcher.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that keeps what the serial console wrote. A guest writes as much as it likes, so the
 * file is capped: when it is full it becomes the earlier one, whose predecessor is forgotten. A
 * disk without space costs log, never the guest.
 */
public final class SerialLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SerialLog.class);

  private final Path file;
  private final Path earlier;
  private final long limit;
  private OutputStream out;
  private long size;
  private boolean failing;

  private SerialLog(Path file, long limit) throws IOException {
    this.file = file;
    this.earlier = earlierOf(file);
    this.limit = limit;
    this.out = open();
    this.size = Files.size(file);
  }

  /** Opens the log and writes on at its end. */
  public static SerialLog open(Path file, long limit) {
    try {
      return new SerialLog(file, limit);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot open the console's log " + file, failed);
    }
  }

  /** Where the earlier part of a log is, when there is one. */
  public static Path earlierOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  /** The files that hold the log, the oldest first. */
  public static List<Path> filesOf(Path file) {
    List<Path> files = new ArrayList<>();
    if (Files.exists(earlierOf(file))) {
      files.add(earlierOf(file));
    }
    if (Files.exists(file)) {
      files.add(file);
    }
    return List.copyOf(files);
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** Adds bytes. */
  void write(byte[] bytes, int length) {
    try {
      if (size + length > limit) {
        rotate();
      }
      out.write(bytes, 0, length);
      size += length;
      failing = false;
    } catch (IOException failed) {
      if (!failing) {
        LOG.warn("the console's log {} cannot be written: {}", file, failed.getMessage());
      }
      failing = true;
    }
  }

  private OutputStream open() throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return Files.newOutputStream(file, StandardOpenOption.APPEND);
  }

  private void rotate() throws IOException {
    out.close();
    Files.move(file, earlier, StandardCopyOption.REPLACE_EXISTING);
    out = open();
    size = 0;
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException failed) {
      LOG.warn("the console's log {} cannot be closed: {}", file, failed.getMessage());
    }
  }
}
