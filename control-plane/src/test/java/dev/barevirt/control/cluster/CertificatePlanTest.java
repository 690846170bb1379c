package dev.barevirt.control.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.v1.cluster.CertificateRotateStrategy;
import dev.barevirt.api.v1.cluster.CertificateRotateStrategy.Lifetime;
import dev.barevirt.api.v1.cluster.CertificateRotateStrategy.SelfSigned;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificatePlanTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:15:58Z");
  private static final List<CertificateRole> ROLES = CertificateRole.in("kubevirt");
  private static final CertificateRole API = ROLES.getFirst();
  private static final CertificatePlan.Lifetimes LIFETIMES =
      CertificateLifetimes.of(Optional.empty());

  private static CertificatePlan plan(CertificatePlan.Found found, Instant now) {
    return CertificatePlan.of(found, ROLES, LIFETIMES, now);
  }

  private static CertificatePlan fresh() {
    return plan(new CertificatePlan.Found(Optional.empty(), List.of(), Map.of()), NOW);
  }

  private static CertificatePlan after(CertificatePlan plan, Instant now) {
    return plan(
        new CertificatePlan.Found(
            Optional.of(
                new KeyedCertificate(plan.authority().key(), plan.authority().certificate())),
            plan.bundle(),
            plan.certificates()),
        now);
  }

  private static X509Certificate api(CertificatePlan plan) {
    return requireNonNull(plan.certificates().get(API)).certificate();
  }

  @Test
  void aNewInstallationGetsAnAuthorityAndACertificateForEachRole() throws GeneralSecurityException {
    CertificatePlan plan = fresh();
    assertThat(plan.certificates()).containsOnlyKeys(ROLES);
    assertThat(plan.bundle()).containsExactly(plan.authority().certificate());
    api(plan).verify(plan.authority().certificate().getPublicKey());
    assertThat(api(plan).getSubjectX500Principal().getName())
        .isEqualTo("CN=virt-api.kubevirt.pod.cluster.local");
    assertThat(api(plan).getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .contains("virt-api.kubevirt.svc");
    assertThat(api(plan).getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(plan.authority().certificate().getBasicConstraints()).isZero();
    assertThat(api(plan).getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(1)));
  }

  @Test
  void nothingIsMadeAnewBeforeItIsDue() {
    CertificatePlan plan = fresh();
    assertThat(after(plan, NOW.plus(Duration.ofHours(19)))).isEqualTo(plan);
  }

  @Test
  void certificatesAreRenewedInTheLastFifthOfTheirLives() {
    CertificatePlan plan = fresh();
    CertificatePlan later = after(plan, NOW.plus(Duration.ofHours(20)));
    assertThat(later.authority()).isEqualTo(plan.authority());
    assertThat(api(later)).isNotEqualTo(api(plan));
  }

  @Test
  void aNewAuthorityIsBelievedBeforeAnythingShowsItsCertificates() throws GeneralSecurityException {
    CertificatePlan plan = fresh();
    Instant due = NOW.plus(Duration.ofHours(135));
    CertificatePlan renewed = after(after(plan, due.minusSeconds(3600)), due);
    assertThat(renewed.authority()).isNotEqualTo(plan.authority());
    assertThat(renewed.bundle())
        .containsExactly(renewed.authority().certificate(), plan.authority().certificate());
    api(renewed).verify(plan.authority().certificate().getPublicKey());

    CertificatePlan spread = after(renewed, due.plus(CertificatePlan.SPREAD));
    assertThat(spread.authority()).isEqualTo(renewed.authority());
    api(spread).verify(renewed.authority().certificate().getPublicKey());
    assertThat(spread.bundle()).as("connections of the old one go on").hasSize(2);

    CertificatePlan gone = after(spread, NOW.plus(Duration.ofDays(7)));
    assertThat(gone.bundle()).containsExactly(renewed.authority().certificate());
  }

  @Test
  void aSecretKeepsAPair() {
    KeyedCertificate pair = requireNonNull(fresh().certificates().get(API));
    assertThat(KeyedCertificate.in(pair.data())).contains(pair);
    assertThat(KeyedCertificate.in(Map.of("tls.crt", "AAAA", "tls.key", "AAAA"))).isEmpty();
    assertThat(KeyedCertificate.in(null)).isEmpty();
  }

  @Test
  void lifetimesAreTheInstallations() {
    CertificatePlan.Lifetimes set =
        CertificateLifetimes.of(
            Optional.of(
                new CertificateRotateStrategy(
                    new SelfSigned(
                        null,
                        "1h30m",
                        null,
                        new Lifetime("48h", "1h0m0s"),
                        new Lifetime("2h", "nonsense")))));
    assertThat(set)
        .isEqualTo(
            new CertificatePlan.Lifetimes(
                Duration.ofDays(2),
                Duration.ofHours(1),
                Duration.ofMinutes(90),
                Duration.ofMinutes(18)));
  }
}
