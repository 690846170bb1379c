package dev.barevirt.launcher.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes tar archives, also ones that no honest program writes. */
final class TestTar {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  TestTar file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  TestTar file(String path, byte[] content) {
    return entry(path, '0', "", content);
  }

  TestTar directory(String path) {
    return entry(path, '5', "", new byte[0]);
  }

  TestTar symbolicLink(String path, String target) {
    return entry(path, '2', target, new byte[0]);
  }

  TestTar hardLink(String path, String target) {
    return entry(path, '1', target, new byte[0]);
  }

  TestTar device(String path) {
    return entry(path, '3', "", new byte[0]);
  }

  TestTar entry(String path, char type, String target, byte[] content) {
    bytes.writeBytes(header(path, type, target, content.length));
    bytes.writeBytes(content);
    bytes.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    return this;
  }

  /** The next entry's extended header. */
  TestTar extended(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.getBytes(StandardCharsets.UTF_8).length + 2;
    if (length >= 100) {
      length++;
    }
    return entry("pax", 'x', "", (length + rest).getBytes(StandardCharsets.UTF_8));
  }

  byte[] bytes() {
    byte[] content = bytes.toByteArray();
    return Arrays.copyOf(content, content.length + 2 * BLOCK);
  }

  private static byte[] header(String path, char type, String target, long size) {
    byte[] header = new byte[BLOCK];
    put(header, 0, path);
    put(header, 100, "0000644");
    put(header, 108, "0000153");
    put(header, 116, "0000153");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 157, target);
    put(header, 257, "ustar");
    put(header, 263, "00");
    long sum = 0;
    for (byte one : header) {
      sum += one & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(encoded, 0, header, at, Math.min(encoded.length, BLOCK - at));
  }
}
