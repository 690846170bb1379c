package dev.barevirt.launcher.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The mark that a linker leaves in a program: two builds differ in it even when an upgrade kept the
 * file's size and time.
 */
final class BuildId {
  private static final int HEAD_BYTES = 64 * 1024;
  private static final int ELF = 0x464c457f;
  private static final byte CLASS_64 = 2;
  private static final byte LITTLE_ENDIAN = 1;
  private static final int NOTE_SEGMENT = 4;
  private static final int BUILD_ID_NOTE = 3;

  private BuildId() {}

  /** The build id in hex; nothing when the file is no program or has none in its first pages. */
  static Optional<String> of(Path program) {
    try (var stream = Files.newInputStream(program)) {
      return find(ByteBuffer.wrap(stream.readNBytes(HEAD_BYTES)).order(ByteOrder.LITTLE_ENDIAN));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + program, unreadable);
    }
  }

  static Optional<String> find(ByteBuffer head) {
    try {
      if (head.getInt(0) != ELF || head.get(4) != CLASS_64 || head.get(5) != LITTLE_ENDIAN) {
        return Optional.empty();
      }
      int segments = Math.toIntExact(head.getLong(32));
      int segmentBytes = Short.toUnsignedInt(head.getShort(54));
      int count = Short.toUnsignedInt(head.getShort(56));
      for (int i = 0; i < count; i++) {
        int at = segments + i * segmentBytes;
        if (head.getInt(at) == NOTE_SEGMENT) {
          int start = Math.toIntExact(head.getLong(at + 8));
          int end = Math.addExact(start, Math.toIntExact(head.getLong(at + 32)));
          Optional<String> found = findIn(head, start, Math.min(end, head.limit()));
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException damaged) {
      return Optional.empty();
    }
  }

  private static Optional<String> findIn(ByteBuffer head, int start, int end) {
    int at = start;
    while (at + 12 <= end) {
      int nameBytes = head.getInt(at);
      int valueBytes = head.getInt(at + 4);
      int type = head.getInt(at + 8);
      int value = Math.addExact(at + 12, aligned(nameBytes));
      if (type == BUILD_ID_NOTE && text(head, at + 12, nameBytes).equals("GNU\0")) {
        byte[] id = new byte[Math.min(Math.max(0, valueBytes), 64)];
        head.get(value, id);
        return Optional.of(HexFormat.of().formatHex(id));
      }
      at = Math.addExact(value, aligned(valueBytes));
    }
    return Optional.empty();
  }

  /** Sizes in notes are rounded up to four; a negative one is a damaged file. */
  private static int aligned(int bytes) {
    if (bytes < 0) {
      throw new ArithmeticException("a note of negative size");
    }
    return Math.addExact(bytes, 3) & ~3;
  }

  private static String text(ByteBuffer head, int at, int bytes) {
    byte[] text = new byte[Math.min(Math.max(0, bytes), 16)];
    head.get(at, text);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
