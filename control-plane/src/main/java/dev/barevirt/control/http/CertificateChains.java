package dev.barevirt.control.http;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Judges certificates by the authorities that are trusted now. */
public final class CertificateChains {
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String ANY = "2.5.29.37.0";

  /** What a certificate is used for. */
  public enum Purpose {
    /** To be known as a client. */
    CLIENT(CertificateChains.CLIENT),
    /** To be known as a server. */
    SERVER(CertificateChains.SERVER);

    private final String usage;

    Purpose(String usage) {
      this.usage = usage;
    }
  }

  private CertificateChains() {}

  /** Whether an authority stands for the first certificate and its purpose, at this moment. */
  public static boolean isTrusted(
      List<X509Certificate> chain, List<X509Certificate> authorities, Purpose purpose) {
    if (chain.isEmpty() || authorities.isEmpty() || !isFor(purpose, chain.getFirst())) {
      return false;
    }
    Set<TrustAnchor> anchors =
        authorities.stream()
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toSet());
    List<X509Certificate> below =
        chain.stream().filter(certificate -> !authorities.contains(certificate)).toList();
    if (below.isEmpty()) {
      return false;
    }
    try {
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static boolean isFor(Purpose purpose, X509Certificate certificate) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null || usages.contains(purpose.usage) || usages.contains(ANY);
    } catch (CertificateParsingException _) {
      return false;
    }
  }

  /** The common name of a certificate's subject; empty when it has none. */
  public static String commonName(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .map(Object::toString)
              .reduce((_, last) -> last)
              .orElse("");
    } catch (InvalidNameException _) {
      return "";
    }
  }
}
