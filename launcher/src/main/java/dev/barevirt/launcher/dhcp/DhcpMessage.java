package dev.barevirt.launcher.dhcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A message of RFC 2131, as far as one guest's server needs it.
 *
 * @param type what it is
 * @param transaction the client's number for it
 * @param flags whether the client wants a broadcast
 * @param client the address the client has
 * @param relay who passed it on
 * @param mac the client's hardware address
 * @param options the options, each whole
 */
record DhcpMessage(
    int type,
    int transaction,
    int flags,
    Ipv4 client,
    Ipv4 relay,
    Mac mac,
    Map<Integer, byte[]> options) {
  static final int DISCOVER = 1;
  static final int OFFER = 2;
  static final int REQUEST = 3;
  static final int ACK = 5;
  static final int NAK = 6;
  static final int INFORM = 8;

  static final int REQUESTED = 50;
  static final int LEASE_TIME = 51;
  static final int TYPE = 53;
  static final int SERVER = 54;
  static final int RENEWAL = 58;
  static final int REBINDING = 59;

  private static final int FIXED = 236;
  private static final int COOKIE = 0x63825363;
  private static final int AT_MAC = 28;
  private static final int PAD = 0;
  private static final int END = 255;
  private static final int SHORTEST = 300;

  /** The longest that is sent: with its headers it fits into any link of a guest. */
  private static final int LONGEST = 1400;

  /** Reads a client's message; whatever is none, or torn, is nothing. */
  static Optional<DhcpMessage> read(byte[] bytes) {
    if (bytes.length < FIXED + 4) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    boolean ours = in.get(0) == 1 && in.get(1) == 1 && in.get(2) == Mac.BYTES;
    if (!ours || in.getInt(FIXED) != COOKIE) {
      return Optional.empty();
    }
    Map<Integer, byte[]> options = new java.util.HashMap<>();
    if (!readOptions(bytes, options)) {
      return Optional.empty();
    }
    byte[] type = options.getOrDefault(TYPE, new byte[0]);
    if (type.length != 1) {
      return Optional.empty();
    }
    return Optional.of(
        new DhcpMessage(
            type[0],
            in.getInt(4),
            Short.toUnsignedInt(in.getShort(10)),
            new Ipv4(in.getInt(12)),
            new Ipv4(in.getInt(24)),
            Mac.at(bytes, AT_MAC),
            Map.copyOf(options)));
  }

  private static boolean readOptions(byte[] bytes, Map<Integer, byte[]> into) {
    int at = FIXED + 4;
    while (at < bytes.length) {
      int code = Byte.toUnsignedInt(bytes[at++]);
      if (code == END) {
        return true;
      }
      if (code == PAD) {
        continue;
      }
      if (at >= bytes.length) {
        return false;
      }
      int length = Byte.toUnsignedInt(bytes[at++]);
      if (at + length > bytes.length) {
        return false;
      }
      into.putIfAbsent(code, Arrays.copyOfRange(bytes, at, at + length));
      at += length;
    }
    return true;
  }

  /** An option that is an address; nothing when it is not there or has another length. */
  Optional<Ipv4> address(int code) {
    byte[] value = options.getOrDefault(code, new byte[0]);
    return value.length == 4
        ? Optional.of(new Ipv4(ByteBuffer.wrap(value).getInt()))
        : Optional.empty();
  }

  /** An answer to this message. Options that do not fit any more are left out. */
  byte[] answer(int kind, Ipv4 yours, Ipv4 server, Map<Integer, byte[]> told) {
    ByteBuffer fixed = ByteBuffer.allocate(FIXED + 4);
    fixed.put(0, (byte) 2).put(1, (byte) 1).put(2, (byte) Mac.BYTES);
    fixed.putInt(4, transaction);
    fixed.putShort(10, (short) flags);
    fixed.putInt(12, kind == NAK ? 0 : client.bits());
    fixed.putInt(16, yours.bits());
    fixed.put(AT_MAC, mac.bytes());
    fixed.putInt(FIXED, COOKIE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(fixed.array());
    option(out, TYPE, new byte[] {(byte) kind});
    option(out, SERVER, server.bytes());
    told.forEach((code, value) -> option(out, code, value));
    out.write(END);
    byte[] bytes = out.toByteArray();
    return bytes.length < SHORTEST ? Arrays.copyOf(bytes, SHORTEST) : bytes;
  }

  /** A long one goes in pieces (RFC 3396). */
  private static void option(ByteArrayOutputStream out, int code, byte[] value) {
    int pieces = Math.max(1, (value.length + 254) / 255);
    if (out.size() + value.length + 2 * pieces >= LONGEST) {
      return;
    }
    for (int i = 0; i < pieces; i++) {
      int length = Math.min(255, value.length - 255 * i);
      out.write(code);
      out.write(length);
      out.write(value, 255 * i, length);
    }
  }
}
