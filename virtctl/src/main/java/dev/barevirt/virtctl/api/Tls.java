package dev.barevirt.virtctl.api;

import dev.barevirt.virtctl.kubeconfig.Access;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** What a connection trusts, and with which certificate it presents itself. */
final class Tls {
  private static final char[] NO_PASSWORD = new char[0];

  private Tls() {}

  static SSLContext context(Access access) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own(access.identity()), trusted(access.trust()), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new ConnectionException(
          "the certificates of the kubeconfig cannot be used: " + e.getMessage(), e);
    }
  }

  private static KeyManager @Nullable [] own(Access.Identity identity)
      throws GeneralSecurityException, IOException {
    if (identity.certificate().isEmpty() || identity.key().isEmpty()) {
      return null;
    }
    KeyStore store = empty();
    Certificate[] chain = certificates(identity.certificate()).toArray(Certificate[]::new);
    store.setKeyEntry("client", PemKey.read(identity.key()), NO_PASSWORD, chain);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static TrustManager @Nullable [] trusted(Access.Trust trust)
      throws GeneralSecurityException, IOException {
    if (trust.blind()) {
      return new TrustManager[] {new BlindTrust()};
    }
    if (trust.authority().isEmpty() && trust.serverName().isEmpty()) {
      return null;
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trust.authority().isEmpty() ? null : authorities(trust.authority()));
    TrustManager[] managers = factory.getTrustManagers();
    if (!trust.serverName().isEmpty()
        && managers[0] instanceof X509ExtendedTrustManager authorities) {
      return new TrustManager[] {new NamedTrust(authorities, trust.serverName())};
    }
    return managers;
  }

  private static KeyStore authorities(String pem) throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    int number = 0;
    for (Certificate certificate : certificates(pem)) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    if (number == 0) {
      throw new GeneralSecurityException("there is no certificate authority in it");
    }
    return store;
  }

  private static Collection<? extends Certificate> certificates(String pem)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
