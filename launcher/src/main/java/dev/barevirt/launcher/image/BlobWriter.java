package dev.barevirt.launcher.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;
import java.util.UUID;

/**
 * Writes content into a directory under its own digest. Blocks of zeros become holes: a disk image
 * is mostly that, and a bomb made of zeros then costs no space.
 */
final class BlobWriter {
  private static final int BLOCK = 64 * 1024;
  private static final long LOOK_EVERY = 64L * 1024 * 1024;
  private static final long KEEP_FREE = 256L * 1024 * 1024;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE);

  private final Path directory;
  private final long limit;
  private long total;

  /**
   * A writer.
   *
   * @param limit how many bytes all contents may have together
   */
  BlobWriter(Path directory, long limit) {
    this.directory = directory;
    this.limit = limit;
  }

  /** Where content comes from. */
  @FunctionalInterface
  interface Source {
    /** Up to {@code length} bytes; -1 at the end. */
    int read(byte[] into, int offset, int length) throws IOException;
  }

  /** Writes what the source gives and flushes it to the disk. */
  Blob write(Source source) throws IOException {
    Path temporary = directory.resolve(UUID.randomUUID().toString());
    MessageDigest calculator = Digest.calculator();
    long size;
    try (FileChannel file = FileChannel.open(temporary, NEW, OWNER_ONLY)) {
      size = copy(source, file, calculator);
      file.force(true);
    }
    Digest digest = Digest.of(calculator);
    Files.move(
        temporary,
        directory.resolve(digest.hex()),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    return new Blob(digest, size);
  }

  private long copy(Source source, FileChannel file, MessageDigest calculator) throws IOException {
    byte[] block = new byte[BLOCK];
    long size = 0;
    long nextLook = 0;
    while (true) {
      int filled = fill(source, block);
      if (filled == 0) {
        break;
      }
      total += filled;
      if (total > limit) {
        throw ImageException.refused(
            "the image unpacks to more than %d GiB".formatted(limit / (1024 * 1024 * 1024)));
      }
      calculator.update(block, 0, filled);
      if (!isZero(block, filled)) {
        if (size >= nextLook) {
          requireSpace();
          nextLook = size + LOOK_EVERY;
        }
        ByteBuffer bytes = ByteBuffer.wrap(block, 0, filled);
        while (bytes.hasRemaining()) {
          file.write(bytes, size + bytes.position());
        }
      }
      size += filled;
    }
    if (size > file.size()) { // it ends in a hole, which a write of its last byte makes
      file.write(ByteBuffer.wrap(new byte[1]), size - 1);
    }
    return size;
  }

  /** A full disk stops running machines, so the last of it is left alone. */
  private void requireSpace() throws IOException {
    if (Files.getFileStore(directory).getUsableSpace() < KEEP_FREE) {
      throw new ImageException(
          ImageException.Reason.NO_SPACE,
          "the image does not fit: less than %d MiB are left in %s"
              .formatted(KEEP_FREE / (1024 * 1024), directory.getParent()));
    }
  }

  private static int fill(Source source, byte[] block) throws IOException {
    int filled = 0;
    while (filled < block.length) {
      int got = source.read(block, filled, block.length - filled);
      if (got < 0) {
        break;
      }
      filled += got;
    }
    return filled;
  }

  private static boolean isZero(byte[] block, int length) {
    for (int i = 0; i < length; i++) {
      if (block[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
