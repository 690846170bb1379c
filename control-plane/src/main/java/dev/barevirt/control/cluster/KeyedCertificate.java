package dev.barevirt.control.cluster;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A certificate and its key, as TLS secrets hold them. */
record KeyedCertificate(PrivateKey key, X509Certificate certificate) {
  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";
  private static final int LINE = 64;

  /** The secret's data. */
  Map<String, String> data() {
    Map<String, String> data = new LinkedHashMap<>();
    data.put(CERTIFICATE, base64(pem(List.of(certificate))));
    data.put(KEY, base64(armoured("PRIVATE KEY", key.getEncoded())));
    return data;
  }

  /** The certificate of a secret's data; none when that is no pair of our making. */
  static Optional<KeyedCertificate> in(@Nullable Map<String, String> data) {
    if (data == null || !data.containsKey(CERTIFICATE) || !data.containsKey(KEY)) {
      return Optional.empty();
    }
    try {
      List<X509Certificate> chain = certificates(text(data, CERTIFICATE));
      byte[] key =
          Base64.getMimeDecoder().decode(text(data, KEY).replaceAll("-----[^-]+-----", ""));
      return chain.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new KeyedCertificate(
                  KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
                  chain.getFirst()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Somebody else's, or damaged: it is made anew.
      return Optional.empty();
    }
  }

  private static String text(Map<String, String> data, String key) {
    return new String(
        Base64.getDecoder().decode(String.valueOf(data.get(key))), StandardCharsets.US_ASCII);
  }

  /** Certificates as text. */
  static String pem(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    try {
      for (X509Certificate certificate : certificates) {
        text.append(armoured("CERTIFICATE", certificate.getEncoded()));
      }
    } catch (GeneralSecurityException e) {
      throw new CertificateException("writing a certificate as text", e);
    }
    return text.toString();
  }

  /** The certificates of a text. */
  static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  private static String armoured(String what, byte[] encoded) {
    Base64.Encoder lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN "
        + what
        + "-----\n"
        + lines.encodeToString(encoded)
        + "\n-----END "
        + what
        + "-----\n";
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
