package dev.barevirt.control.cluster;

import dev.barevirt.api.v1.cluster.CertificateRotateStrategy;
import dev.barevirt.api.v1.cluster.CertificateRotateStrategy.Lifetime;
import dev.barevirt.api.v1.cluster.CertificateRotateStrategy.SelfSigned;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How long certificates are good, from an installation's settings. */
final class CertificateLifetimes {
  private static final Duration AUTHORITY = Duration.ofDays(7);
  private static final Duration CERTIFICATE = Duration.ofDays(1);

  /** Without a setting, there is a new certificate in the last fifth of the old one's life. */
  private static final int RENEWAL_SHARE = 5;

  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9}(?:h|m|s))+");
  private static final Pattern PART = Pattern.compile("([0-9]+)([hms])");

  private CertificateLifetimes() {}

  /** The lifetimes; the older way to set them wins, and what cannot be used counts as not set. */
  static CertificatePlan.Lifetimes of(Optional<CertificateRotateStrategy> strategy) {
    Optional<SelfSigned> set = strategy.map(CertificateRotateStrategy::selfSigned);
    Optional<Lifetime> ca = set.map(SelfSigned::ca);
    Optional<Lifetime> server = set.map(SelfSigned::server);
    Duration authority =
        first(set.map(SelfSigned::caRotateInterval), ca.map(Lifetime::duration)).orElse(AUTHORITY);
    Duration certificate =
        first(set.map(SelfSigned::certRotateInterval), server.map(Lifetime::duration))
            .orElse(CERTIFICATE);
    return new CertificatePlan.Lifetimes(
        authority,
        renewal(
            first(set.map(SelfSigned::caOverlapInterval), ca.map(Lifetime::renewBefore)),
            authority),
        certificate,
        renewal(first(server.map(Lifetime::renewBefore), Optional.empty()), certificate));
  }

  private static Duration renewal(Optional<Duration> set, Duration life) {
    return set.filter(given -> given.compareTo(life) < 0).orElse(life.dividedBy(RENEWAL_SHARE));
  }

  private static Optional<Duration> first(Optional<String> older, Optional<String> newer) {
    return Stream.of(older, newer)
        .flatMap(Optional::stream)
        .map(CertificateLifetimes::read)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Duration> read(String text) {
    return WRITTEN.matcher(text).matches()
        ? PART.matcher(text)
            .results()
            .map(CertificateLifetimes::part)
            .reduce(Duration::plus)
            .filter(sum -> !sum.isZero())
        : Optional.empty();
  }

  private static Duration part(MatchResult part) {
    long number = Long.parseLong(part.group(1));
    return switch (part.group(2)) {
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }
}
