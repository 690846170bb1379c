package dev.barevirt.control.http;

import dev.barevirt.control.http.CertificateChains.Purpose;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts a server of ours: one of our authorities stands for it, and its name says the role that
 * is dialled. Addresses of pods say nothing, so they are not looked at.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private final List<X509Certificate> authorities;
  private final Set<String> names;

  ServerTrust(List<X509Certificate> authorities, Set<String> names) {
    this.authorities = authorities;
    this.names = names;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (!CertificateChains.isTrusted(List.of(chain), authorities, Purpose.SERVER)) {
      throw new CertificateException("no authority of this installation stands for the server");
    }
    String name = CertificateChains.commonName(chain[0]);
    if (!names.contains(name)) {
      throw new CertificateException(
          "the server is " + name + ", not " + String.join(" or ", names));
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("not for clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("not for clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("not for clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.toArray(X509Certificate[]::new);
  }
}
