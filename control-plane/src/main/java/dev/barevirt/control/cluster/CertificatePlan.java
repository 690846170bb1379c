package dev.barevirt.control.cluster;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which certificates an installation shall have.
 *
 * <p>A new authority is believed everywhere before anything shows a certificate of its own: it
 * joins the bundle first, and certificates follow once the bundle has had time to reach every
 * reader. The old authority stays in the bundle for as long as it is good.
 *
 * @param authority the authority that issues
 * @param bundle the authorities that are believed, the issuing one first
 * @param certificates a certificate for each role
 */
record CertificatePlan(
    CertificateAuthority authority,
    List<X509Certificate> bundle,
    Map<CertificateRole, KeyedCertificate> certificates) {
  /** How long the kubelet may take to bring a changed config map into a pod. */
  static final Duration SPREAD = Duration.ofMinutes(3);

  /**
   * How long certificates are good, and how long before their end they are renewed.
   *
   * @param authority an authority's life
   * @param authorityRenewal the end of it in which there is a new one
   * @param certificate a certificate's life
   * @param certificateRenewal the end of it in which there is a new one
   */
  record Lifetimes(
      Duration authority,
      Duration authorityRenewal,
      Duration certificate,
      Duration certificateRenewal) {}

  /** What there is: the secrets' certificates and the bundle. */
  record Found(
      Optional<KeyedCertificate> authority,
      List<X509Certificate> bundle,
      Map<CertificateRole, KeyedCertificate> certificates) {}

  /** Decides what there shall be. */
  static CertificatePlan of(
      Found found, List<CertificateRole> roles, Lifetimes lifetimes, Instant now) {
    Optional<CertificateAuthority> current =
        found.authority().map(pair -> new CertificateAuthority(pair.key(), pair.certificate()));
    CertificateAuthority authority =
        current
            .filter(there -> isFresh(there.certificate(), lifetimes.authorityRenewal(), now))
            .orElseGet(
                () ->
                    CertificateAuthority.create(
                        new CertificateAuthority.Validity(now, now.plus(lifetimes.authority()))));
    List<X509Certificate> bundle =
        Stream.concat(
                Stream.of(authority.certificate()),
                Stream.concat(
                    found.bundle().stream(),
                    current.stream().map(CertificateAuthority::certificate)))
            .distinct()
            .filter(certificate -> certificate.getNotAfter().toInstant().isAfter(now))
            .toList();
    Map<CertificateRole, KeyedCertificate> certificates = new LinkedHashMap<>();
    for (CertificateRole role : roles) {
      KeyedCertificate kept =
          Optional.ofNullable(found.certificates().get(role))
              .filter(there -> isFresh(there.certificate(), lifetimes.certificateRenewal(), now))
              .filter(there -> isBelieved(there.certificate(), authority, bundle, now))
              .orElseGet(() -> issue(authority, role, lifetimes, now));
      certificates.put(role, kept);
    }
    return new CertificatePlan(authority, bundle, certificates);
  }

  private static KeyedCertificate issue(
      CertificateAuthority authority, CertificateRole role, Lifetimes lifetimes, Instant now) {
    return authority.issue(
        role, new CertificateAuthority.Validity(now, now.plus(lifetimes.certificate())));
  }

  private static boolean isFresh(X509Certificate certificate, Duration renewal, Instant now) {
    return now.isBefore(certificate.getNotAfter().toInstant().minus(renewal));
  }

  /** One of an older authority is good until the new one is known everywhere. */
  private static boolean isBelieved(
      X509Certificate certificate,
      CertificateAuthority authority,
      List<X509Certificate> bundle,
      Instant now) {
    if (covers(authority.certificate(), certificate)) {
      return true;
    }
    Instant known = authority.certificate().getNotBefore().toInstant().plus(SPREAD);
    boolean isSpreading = now.isBefore(known.plus(CertificateAuthority.SKEW));
    return isSpreading && bundle.stream().anyMatch(older -> covers(older, certificate));
  }

  private static boolean covers(X509Certificate authority, X509Certificate certificate) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
