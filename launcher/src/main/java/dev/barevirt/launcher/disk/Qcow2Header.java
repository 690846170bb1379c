package dev.barevirt.launcher.disk;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the first cluster of a qcow2 image says (QEMU's docs/interop/qcow2.txt). Read here and not
 * by qemu-img, because an image must be judged before any program of QEMU's opens it: opening
 * follows the names of other files that the image itself gives.
 *
 * @param version 2 or 3
 * @param backingFile the name of a backing file, empty without one
 * @param backingFormat what the image says its backing file is, empty when it does not
 * @param dataFile whether guest data lies in another file
 * @param clusterBits log2 of the cluster size
 * @param virtualSize bytes the guest sees
 * @param encryption 0 for none, 1 for AES, 2 for LUKS
 * @param l1Entries length of the first-level table
 * @param l1Offset where that table begins
 * @param refcountOffset where the reference count table begins
 * @param refcountClusters its length in clusters
 * @param snapshots how many internal snapshots there are
 * @param incompatible bits a reader must understand
 */
record Qcow2Header(
    int version,
    String backingFile,
    String backingFormat,
    boolean dataFile,
    int clusterBits,
    long virtualSize,
    int encryption,
    int l1Entries,
    long l1Offset,
    long refcountOffset,
    int refcountClusters,
    int snapshots,
    long incompatible) {

  /** Bytes that must be read from the start of a file to parse any legal header. */
  static final int LONGEST = 2 << 20;

  private static final int MAGIC = 0x514649fb;
  private static final int EXTENSION_END = 0;
  private static final int EXTENSION_BACKING_FORMAT = 0xe2792aca;
  private static final int EXTENSION_DATA_FILE = 0x44415441;
  private static final int LONGEST_NAME = 1023;
  private static final long DIRTY = 1;
  private static final long CORRUPT = 2;
  private static final long EXTERNAL_DATA = 4;
  private static final long COMPRESSION_TYPE = 8;
  private static final long EXTENDED_L2 = 16;
  private static final long KNOWN =
      DIRTY | CORRUPT | EXTERNAL_DATA | COMPRESSION_TYPE | EXTENDED_L2;
  private static final long LONGEST_L1 = 32L << 20;

  /** Whether a file that begins with these bytes calls itself qcow2. */
  static boolean isQcow2(ByteBuffer start) {
    return start.remaining() >= 4 && start.getInt(start.position()) == MAGIC;
  }

  /** Parses a header; empty when the bytes are not a whole qcow2 header. */
  static Optional<Qcow2Header> parse(ByteBuffer start) {
    ByteBuffer in = start.slice();
    try {
      return isQcow2(in) ? read(in) : Optional.empty();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Qcow2Header> read(ByteBuffer in) {
    int version = in.position(4).getInt();
    if (version != 2 && version != 3) {
      return Optional.empty();
    }
    long backingOffset = in.getLong();
    int backingLength = in.getInt();
    int clusterBits = in.getInt();
    long virtualSize = in.getLong();
    int encryption = in.getInt();
    int l1Entries = in.getInt();
    long l1Offset = in.getLong();
    long refcountOffset = in.getLong();
    int refcountClusters = in.getInt();
    int snapshots = in.getInt();
    in.getLong();
    long incompatible = version == 3 ? in.getLong() : 0;
    int headerLength = version == 3 ? in.position(100).getInt() : 72;
    if (headerLength < 72 || backingLength < 0 || backingLength > LONGEST_NAME) {
      return Optional.empty();
    }
    Extensions extensions = Extensions.read(in.position(headerLength));
    return Optional.of(
        new Qcow2Header(
            version,
            backingOffset == 0 ? "" : text(in, backingOffset, backingLength),
            extensions.backingFormat(),
            extensions.dataFile() || (incompatible & EXTERNAL_DATA) != 0,
            clusterBits,
            virtualSize,
            encryption,
            l1Entries,
            l1Offset,
            refcountOffset,
            refcountClusters,
            snapshots,
            incompatible));
  }

  private static String text(ByteBuffer in, long offset, int length) {
    byte[] bytes = new byte[length];
    if (offset < 0 || offset > in.limit() - length) {
      throw new IllegalArgumentException("the backing file's name lies outside the header");
    }
    in.get((int) offset, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Everything that keeps this image, a file of the given length, from being attached. */
  List<String> defects(long fileLength) {
    var found = new ArrayList<String>();
    if ((incompatible & CORRUPT) != 0) {
      found.add("it is marked corrupt; qemu-img check may repair it");
    }
    if ((incompatible & ~KNOWN) != 0) {
      found.add(
          "it needs qcow2 features nobody here knows (0x%x)".formatted(incompatible & ~KNOWN));
    }
    if (encryption != 0) {
      found.add("it is encrypted");
    }
    if (clusterBits < 9 || clusterBits > 21) {
      found.add("its cluster size is not between 512 bytes and 2 MiB");
      return found;
    }
    if (virtualSize <= 0) {
      found.add("its virtual size is not positive");
      return found;
    }
    if (l1Entries < 0 || l1Entries * 8L > LONGEST_L1) {
      found.add("its first-level table is longer than 32 MiB");
    } else if (l1Entries < l1Needed()) {
      found.add("its first-level table is shorter than its virtual size needs");
    } else if (!inside(l1Offset, l1Entries * 8L, fileLength)) {
      found.add("it is truncated: its first-level table lies beyond the end of the file");
    }
    if (refcountClusters <= 0
        || !inside(refcountOffset, ((long) refcountClusters) << clusterBits, fileLength)) {
      found.add("it is truncated: its reference counts lie beyond the end of the file");
    }
    if (snapshots < 0 || snapshots > 65536) {
      found.add("its snapshot table is longer than 65536 entries");
    }
    return found;
  }

  private long l1Needed() {
    long bytesPerL2 =
        (1L << clusterBits) << (clusterBits - ((incompatible & EXTENDED_L2) != 0 ? 4 : 3));
    return virtualSize / bytesPerL2 + (virtualSize % bytesPerL2 == 0 ? 0 : 1);
  }

  private static boolean inside(long offset, long length, long fileLength) {
    return offset > 0 && offset < fileLength && length <= fileLength - offset;
  }

  private record Extensions(String backingFormat, boolean dataFile) {
    static Extensions read(ByteBuffer in) {
      String format = "";
      boolean dataFile = false;
      while (in.remaining() >= 8) {
        int type = in.getInt();
        int length = in.getInt();
        if (type == EXTENSION_END) {
          break;
        }
        if (length < 0 || length > in.remaining()) {
          throw new IllegalArgumentException("extension runs past the header");
        }
        byte[] value = new byte[length];
        in.get(value);
        in.position(Math.min(in.limit(), in.position() + (-length & 7)));
        switch (type) {
          case EXTENSION_BACKING_FORMAT -> format = new String(value, StandardCharsets.UTF_8);
          case EXTENSION_DATA_FILE -> dataFile = true;
          default -> {
            // Feature names, bitmaps and encryption headers lead to no other file.
          }
        }
      }
      return new Extensions(format, dataFile);
    }
  }
}
