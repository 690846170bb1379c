package dev.barevirt.launcher.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a file so that readers, and whoever comes after a crash or a power cut, see the old
 * content or the new one and never a part: a temporary file beside it is written, flushed and
 * renamed over.
 */
public final class WholeFile {
  /** What every temporary file ends with; {@link Gc} removes those that a crash left. */
  static final String TEMPORARY = ".tmp";

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Stages stages;

  private WholeFile(Stages stages) {
    this.stages = stages;
  }

  /** The moments between which a process can be killed. */
  enum Stage {
    CREATED,
    HALF_WRITTEN,
    WRITTEN,
    FLUSHED,
    RENAMED
  }

  /** Told of each moment; a test dies here. */
  @FunctionalInterface
  interface Stages {
    void reached(Stage stage);
  }

  /** Replaces the file's content. */
  public static void write(Path file, byte[] content) {
    new WholeFile(stage -> {}).replace(file, content);
  }

  /** Replaces the file's content. */
  public static void write(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The file's content, or nothing where there is no file. More than {@code most} bytes fail. */
  public static Optional<byte[]> read(Path file, int most) {
    try (var stream = Files.newInputStream(file)) {
      byte[] content = stream.readNBytes(most);
      if (stream.read() >= 0) {
        throw new StoreException(
            StoreException.Reason.FILES,
            "%s is bigger than the %d bytes it may have".formatted(file, most));
      }
      return Optional.of(content);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException refused) {
      throw FileTrouble.of("read " + file, refused);
    }
  }

  static WholeFile dyingAt(Stages stages) {
    return new WholeFile(stages);
  }

  void replace(Path file, byte[] content) {
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
    try {
      writeNew(temporary, content);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      stages.reached(Stage.RENAMED);
      flushDirectoryOf(file);
    } catch (IOException refused) {
      StoreException trouble = FileTrouble.of("write " + file, refused);
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException stays) {
        trouble.addSuppressed(stays);
      }
      throw trouble;
    }
  }

  private void writeNew(Path temporary, byte[] content) throws IOException {
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    try (FileChannel channel = FileChannel.open(temporary, fresh, OWNER_ONLY)) {
      stages.reached(Stage.CREATED);
      ByteBuffer bytes = ByteBuffer.wrap(content);
      bytes.limit(content.length / 2);
      drain(channel, bytes);
      stages.reached(Stage.HALF_WRITTEN);
      bytes.limit(content.length);
      drain(channel, bytes);
      stages.reached(Stage.WRITTEN);
      channel.force(true);
      stages.reached(Stage.FLUSHED);
    }
  }

  private static void drain(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The rename itself survives a power cut only when the directory is flushed as well. */
  static void flushDirectoryOf(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
