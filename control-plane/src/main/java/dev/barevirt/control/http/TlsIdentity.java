package dev.barevirt.control.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/**
 * A private key and the certificates that say whose it is, the key's own first.
 *
 * @param key the key
 * @param chain the certificates
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
  public TlsIdentity {
    chain = List.copyOf(chain);
  }

  /** Reads an identity from the PEM texts of a TLS secret; the key is in PKCS #8. */
  public static TlsIdentity fromPem(String certificates, String key) {
    List<X509Certificate> chain = certificates(certificates);
    if (chain.isEmpty()) {
      throw new HttpException("reading a TLS identity: there is no certificate");
    }
    return new TlsIdentity(key(key, chain.getFirst().getPublicKey().getAlgorithm()), chain);
  }

  /** Reads all certificates of a PEM text. */
  public static List<X509Certificate> certificates(String pem) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (GeneralSecurityException e) {
      throw new HttpException("reading certificates", e);
    }
  }

  private static PrivateKey key(String pem, String algorithm) {
    String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new HttpException("reading a private key in PKCS #8", e);
    }
  }
}
