package dev.barevirt.launcher.disk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Crafts qcow2 images byte by byte, the good ones and those that QEMU should never see. */
final class Qcow2Bytes {
  static final int CLUSTER = 1 << 16;
  static final long SIZE = 8L << 20;

  private final ByteBuffer bytes = ByteBuffer.allocate(4 * CLUSTER);
  private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
  private String backing = "";

  Qcow2Bytes() {
    bytes.putInt(0, 0x514649fb).putInt(4, 3).putInt(20, 16).putLong(24, SIZE);
    bytes.putInt(36, 1).putLong(40, 3L * CLUSTER).putLong(48, CLUSTER).putInt(56, 1);
    bytes.putInt(96, 4).putInt(100, 104);
  }

  Qcow2Bytes with(int offset, int value) {
    bytes.putInt(offset, value);
    return this;
  }

  Qcow2Bytes with(int offset, long value) {
    bytes.putLong(offset, value);
    return this;
  }

  Qcow2Bytes backing(String name, String format) {
    backing = name;
    return format.isEmpty() ? this : extension(0xe2792aca, format);
  }

  Qcow2Bytes extension(int type, String value) {
    byte[] content = value.getBytes(StandardCharsets.UTF_8);
    extensions.writeBytes(ByteBuffer.allocate(8).putInt(type).putInt(content.length).array());
    extensions.writeBytes(content);
    extensions.writeBytes(new byte[-content.length & 7]);
    return this;
  }

  byte[] array() {
    byte[] all = extensions.toByteArray();
    bytes.put(104, all);
    if (!backing.isEmpty()) {
      int at = 104 + all.length + 8;
      byte[] name = backing.getBytes(StandardCharsets.UTF_8);
      bytes.put(at, name).putLong(8, at).putInt(16, name.length);
    }
    return bytes.array();
  }
}
