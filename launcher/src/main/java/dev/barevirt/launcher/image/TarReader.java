package dev.barevirt.launcher.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar archive from an untrusted stream: the POSIX format with its extended headers, and
 * GNU's long names. Sparse files, which container tools do not write, are refused by name.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int LONGEST_EXTENSION = 1024 * 1024;
  private static final int MOST_EXTENSIONS = 16;

  private final InputStream stream;
  private long unread;
  private long padding;

  TarReader(InputStream stream) {
    this.stream = stream;
  }

  /** The next entry, or nothing at the end; what was not read of the last one is skipped. */
  Optional<TarEntry> next() throws IOException {
    skipContent();
    Map<String, String> extended = new HashMap<>();
    for (int extensions = 0; extensions <= MOST_EXTENSIONS; extensions++) {
      Optional<byte[]> block = headerBlock();
      if (block.isEmpty()) {
        return Optional.empty();
      }
      byte[] header = block.get();
      long size = number(header, 124, 12);
      char type = (char) (header[156] & 0xff);
      switch (type) {
        case 'x' -> readExtended(extension(size), extended);
        case 'g' -> readExtended(extension(size), new HashMap<>()); // says nothing we use
        case 'L' -> extended.put("path", cString(extension(size)));
        case 'K' -> extended.put("linkpath", cString(extension(size)));
        default -> {
          return Optional.of(entry(header, type, size, extended));
        }
      }
    }
    throw ImageException.refused("a tar archive stacks headers upon headers");
  }

  /** Up to {@code length} bytes of the current entry; -1 at its end. */
  int read(byte[] into, int offset, int length) throws IOException {
    if (unread == 0) {
      return -1;
    }
    int got = stream.read(into, offset, (int) Math.min(length, unread));
    if (got < 0) {
      throw new EOFException("a tar archive ends in the middle of a file");
    }
    unread -= got;
    return got;
  }

  private TarEntry entry(byte[] header, char type, long size, Map<String, String> extended) {
    if (type == 'S' || extended.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."))) {
      throw ImageException.refused("a tar archive holds a sparse file, which is not supported");
    }
    String path = extended.getOrDefault("path", plainPath(header));
    String target = extended.getOrDefault("linkpath", text(header, 157, 100));
    TarEntry.Kind kind =
        switch (type) {
          case '0', '\0', '7' -> path.endsWith("/") ? TarEntry.Kind.DIRECTORY : TarEntry.Kind.FILE;
          case '1' -> TarEntry.Kind.HARD_LINK;
          case '2' -> TarEntry.Kind.SYMBOLIC_LINK;
          case '5' -> TarEntry.Kind.DIRECTORY;
          case '3', '4', '6' -> TarEntry.Kind.SPECIAL;
          default ->
              throw ImageException.refused(
                  "a tar archive holds an entry of unknown type %d".formatted((int) type));
        };
    // Only files have content; some writers give links the size of what they lead to.
    long content = kind == TarEntry.Kind.FILE ? size(size, extended) : 0;
    unread = content;
    padding = (BLOCK - content % BLOCK) % BLOCK;
    return new TarEntry(path, kind, content, target);
  }

  private static long size(long inHeader, Map<String, String> extended) {
    String text = extended.get("size");
    if (text == null) {
      return inHeader;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw ImageException.refused("a tar archive gives a file the size \"" + text + "\"");
    }
    return Long.parseLong(text);
  }

  private Optional<byte[]> headerBlock() throws IOException {
    byte[] block = stream.readNBytes(BLOCK);
    if (block.length == 0 || isZero(block)) {
      return Optional.empty();
    }
    if (block.length < BLOCK) {
      throw new EOFException("a tar archive ends in the middle of a header");
    }
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    if (sum != number(block, 148, 8)) {
      throw ImageException.refused("a tar archive is damaged: a header's checksum is wrong");
    }
    return Optional.of(block);
  }

  private byte[] extension(long size) throws IOException {
    if (size < 0 || size > LONGEST_EXTENSION) {
      throw ImageException.refused("a tar archive holds an extended header of " + size + " bytes");
    }
    byte[] content = stream.readNBytes((int) size);
    if (content.length < size) {
      throw new EOFException("a tar archive ends in the middle of an extended header");
    }
    skip((BLOCK - size % BLOCK) % BLOCK);
    return content;
  }

  /** Records of the form "length key=value\n", where the length counts the whole record. */
  private static void readExtended(byte[] content, Map<String, String> into) {
    int at = 0;
    while (at < content.length) {
      int space = at;
      while (space < content.length && content[space] != ' ') {
        space++;
      }
      String digits = new String(content, at, space - at, StandardCharsets.US_ASCII);
      int length = digits.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(digits) : 0;
      int end = at + length;
      if (end <= space + 1 || end > content.length) {
        throw ImageException.refused("a tar archive is damaged: an extended header is cut");
      }
      String record = new String(content, space + 1, end - space - 2, StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals > 0) {
        into.put(record.substring(0, equals), record.substring(equals + 1));
      }
      at = end;
    }
  }

  private void skipContent() throws IOException {
    skip(unread + padding);
    unread = 0;
    padding = 0;
  }

  private void skip(long count) throws IOException {
    try {
      stream.skipNBytes(count);
    } catch (EOFException cut) {
      throw new EOFException("a tar archive ends in the middle of a file");
    }
  }

  private static String plainPath(byte[] header) {
    String name = text(header, 0, 100);
    boolean posix = text(header, 257, 6).equals("ustar");
    String prefix = posix ? text(header, 345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** Octal digits, or a binary number where the first bit says so. */
  private static long number(byte[] header, int at, int length) {
    if ((header[at] & 0x80) != 0) {
      long value = header[at] & 0x7f;
      for (int i = 1; i < length; i++) {
        if (value > Long.MAX_VALUE >> 9) {
          throw ImageException.refused("a tar archive holds a number beyond all sizes");
        }
        value = value << 8 | (header[at + i] & 0xff);
      }
      return value;
    }
    String digits = text(header, at, length).strip();
    if (!digits.matches("[0-7]{0,20}")) {
      throw ImageException.refused("a tar archive is damaged: a number is none");
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  private static String text(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }

  private static String cString(byte[] content) {
    return text(content, 0, content.length);
  }

  private static boolean isZero(byte[] block) {
    for (byte one : block) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }
}
