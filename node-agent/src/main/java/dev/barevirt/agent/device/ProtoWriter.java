package dev.barevirt.agent.device;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the protobuf encoding of a message, as far as the kubelet's interface uses it. */
final class ProtoWriter {
  private static final int VARINT = 0;
  private static final int DELIMITED = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtoWriter text(int field, String value) {
    return value.isEmpty() ? this : bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoWriter truth(int field, boolean value) {
    if (value) {
      varint(field << 3 | VARINT);
      varint(1);
    }
    return this;
  }

  ProtoWriter message(int field, ProtoWriter value) {
    return bytes(field, value.toByteArray());
  }

  private ProtoWriter bytes(int field, byte[] value) {
    varint(field << 3 | DELIMITED);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void varint(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
