package dev.barevirt.virtctl.api;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys in PEM. The JDK reads PKCS #8 only; the older forms of RSA (PKCS #1, RFC 8017) and
 * of elliptic curves (SEC 1, RFC 5915) are put into that envelope first.
 */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]+)-----END");
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] VERSION = HEX.parseHex("020100");
  private static final byte[] RSA = HEX.parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC_OID = HEX.parseHex("06072a8648ce3d0201");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int OID = 0x06;
  private static final int PARAMETERS = 0xa0;

  private PemKey() {}

  /** Reads the first private key of a text. */
  static PrivateKey read(String pem) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new GeneralSecurityException(
          pem.contains("ENCRYPTED") ? "the key is encrypted" : "there is no private key in it");
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
    return switch (block.group(1)) {
      case "RSA PRIVATE KEY" ->
          factory("RSA", wrap(SEQUENCE, join(VERSION, RSA, wrap(OCTETS, der))));
      case "EC PRIVATE KEY" -> {
        byte[] algorithm = wrap(SEQUENCE, join(EC_OID, curve(der)));
        yield factory("EC", wrap(SEQUENCE, join(VERSION, algorithm, wrap(OCTETS, der))));
      }
      default -> anyOf(der);
    };
  }

  private static PrivateKey anyOf(byte[] der) throws GeneralSecurityException {
    GeneralSecurityException last = new GeneralSecurityException("no algorithm");
    for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
      try {
        return factory(algorithm, der);
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw last;
  }

  private static PrivateKey factory(String algorithm, byte[] der) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /** The curve's identifier: the one inside the parameters, which follow the key's octets. */
  private static byte[] curve(byte[] der) throws GeneralSecurityException {
    for (int at = 0; at + 3 < der.length; at++) {
      boolean parameters =
          (der[at] & 0xff) == PARAMETERS
              && der[at + 2] == OID
              && (der[at + 1] & 0xff) == (der[at + 3] & 0xff) + 2;
      if (parameters && at + 4 + der[at + 3] <= der.length) {
        return java.util.Arrays.copyOfRange(der, at + 2, at + 4 + der[at + 3]);
      }
    }
    throw new GeneralSecurityException("the key does not name its curve");
  }

  private static byte[] wrap(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      byte[] length =
          new java.math.BigInteger(
                  1,
                  new byte[] {
                    (byte) (content.length >> 16),
                    (byte) (content.length >> 8),
                    (byte) content.length
                  })
              .toByteArray();
      int skip = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - skip));
      out.write(length, skip, length.length - skip);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
