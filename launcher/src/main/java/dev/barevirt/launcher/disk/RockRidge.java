package dev.barevirt.launcher.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The Rock Ridge (RRIP 1.09 over SUSP 1.12) entries that give a directory record its true name and
 * mode. Names too long for the record move to a continuation area.
 */
final class RockRidge {
  /** How long the entries of one record can be, beside the longest 8.3 identifier. */
  private static final int ROOM = 254 - 33 - 13;

  private static final int CONTINUATION_ENTRY = 28;
  private static final int LONGEST_PART = 250;
  private static final int MODE_DIRECTORY = 0040555;
  private static final int MODE_FILE = 0100444;
  private static final byte[] RRIP =
      extension(
          "RRIP_1991A",
          "THE ROCK RIDGE INTERCHANGE PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS",
          "PLEASE CONTACT DISC PUBLISHER FOR SPECIFICATION SOURCE.");

  private RockRidge() {}

  /** The entries of one record: what stands in it, and what is continued elsewhere. */
  static final class Entries {
    private final byte[] inRecord;
    private final byte[] continued;

    Entries(byte[] inRecord, byte[] continued) {
      this.inRecord = inRecord;
      this.continued = continued;
    }

    /** What stands in the continuation area; empty when all fits the record. */
    byte[] continued() {
      return continued;
    }

    /** Bytes that the record must keep for the entries. */
    int length() {
      return inRecord.length + (continued.length == 0 ? 0 : CONTINUATION_ENTRY);
    }

    /** The entries with a pointer to the continuation, whose place is known only at the end. */
    byte[] pointingTo(int block, int offset) {
      if (continued.length == 0) {
        return inRecord;
      }
      ByteBuffer out = ByteBuffer.allocate(length());
      out.put(inRecord)
          .put((byte) 'C')
          .put((byte) 'E')
          .put((byte) CONTINUATION_ENTRY)
          .put((byte) 1);
      bothEndian(out, block);
      bothEndian(out, offset);
      bothEndian(out, continued.length);
      return out.array();
    }
  }

  /** Entries of a named file or directory. */
  static Entries of(IsoNode node) {
    byte[] mode = mode(node);
    byte[] name = names(node.name().getBytes(StandardCharsets.UTF_8));
    return mode.length + name.length <= ROOM
        ? new Entries(concat(mode, name), new byte[0])
        : new Entries(mode, name);
  }

  /** Entries of the "." record of the root, which announce that Rock Ridge is in use. */
  static Entries ofRoot(IsoNode.Directory root) {
    byte[] announcement = {'S', 'P', 7, 1, (byte) 0xbe, (byte) 0xef, 0};
    return new Entries(concat(announcement, mode(root)), RRIP);
  }

  /** Entries of other "." and ".." records. */
  static Entries ofDots(IsoNode.Directory directory) {
    return new Entries(mode(directory), new byte[0]);
  }

  private static byte[] mode(IsoNode node) {
    ByteBuffer out = ByteBuffer.allocate(36);
    out.put((byte) 'P').put((byte) 'X').put((byte) 36).put((byte) 1);
    switch (node) {
      case IsoNode.Directory _ -> {
        bothEndian(out, MODE_DIRECTORY);
        bothEndian(out, 2);
      }
      case IsoNode.File _ -> {
        bothEndian(out, MODE_FILE);
        bothEndian(out, 1);
      }
    }
    bothEndian(out, 0);
    bothEndian(out, 0);
    return out.array();
  }

  private static byte[] names(byte[] name) {
    int parts = Math.max(1, (name.length + LONGEST_PART - 1) / LONGEST_PART);
    ByteBuffer out = ByteBuffer.allocate(name.length + 5 * parts);
    for (int from = 0; parts > 0; parts--, from += LONGEST_PART) {
      byte[] part = Arrays.copyOfRange(name, from, Math.min(name.length, from + LONGEST_PART));
      out.put((byte) 'N').put((byte) 'M').put((byte) (5 + part.length)).put((byte) 1);
      out.put((byte) (parts > 1 ? 1 : 0)).put(part);
    }
    return out.array();
  }

  private static byte[] extension(String id, String description, String source) {
    ByteBuffer out = ByteBuffer.allocate(8 + id.length() + description.length() + source.length());
    out.put((byte) 'E').put((byte) 'R').put((byte) out.capacity()).put((byte) 1);
    out.put((byte) id.length()).put((byte) description.length()).put((byte) source.length());
    out.put((byte) 1);
    out.put((id + description + source).getBytes(StandardCharsets.US_ASCII));
    return out.array();
  }

  /** ISO 9660 writes most numbers twice, in both byte orders. */
  static void bothEndian(ByteBuffer out, int number) {
    out.order(ByteOrder.LITTLE_ENDIAN).putInt(number).order(ByteOrder.BIG_ENDIAN).putInt(number);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
