package dev.barevirt.agent.device;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the protobuf encoding of a message, field by field. Lengths are checked against what is
 * there, so that a broken message is refused and nothing else.
 */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int LONGEST_VARINT = 10;

  /** Takes a field; what it does not read is skipped. */
  @FunctionalInterface
  interface Field {
    /** A field with its number; only delimited ones have bytes, only the others a value. */
    void read(int number, byte[] bytes, long value);
  }

  private final byte[] message;
  private int at;

  private ProtoReader(byte[] message) {
    this.message = message;
  }

  /** Reads all fields of a message. */
  static void read(byte[] message, Field field) {
    ProtoReader reader = new ProtoReader(message);
    while (reader.at < message.length) {
      reader.next(field);
    }
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void next(Field field) {
    long tag = varint();
    int number = (int) (tag >>> 3);
    switch ((int) tag & 7) {
      case VARINT -> field.read(number, new byte[0], varint());
      case FIXED64 -> take(Long.BYTES);
      case DELIMITED -> field.read(number, take(varint()), 0);
      case FIXED32 -> take(Integer.BYTES);
      default -> throw broken("has a field of an unknown type");
    }
  }

  private byte[] take(long length) {
    if (length < 0 || length > message.length - at) {
      throw broken("ends within a field");
    }
    int from = at;
    at += (int) length;
    return Arrays.copyOfRange(message, from, at);
  }

  private long varint() {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      if (at == message.length) {
        throw broken("ends within a number");
      }
      byte next = message[at++];
      value |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw broken("has a number that does not end");
  }

  private static IllegalArgumentException broken(String how) {
    return new IllegalArgumentException("a protobuf message " + how);
  }
}
