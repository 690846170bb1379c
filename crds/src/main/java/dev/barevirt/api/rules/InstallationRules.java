package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.KubeVirtSpec;
import dev.barevirt.api.v1.cluster.CertificateRotateStrategy;
import dev.barevirt.api.v1.cluster.CertificateRotateStrategy.Lifetime;
import dev.barevirt.api.v1.cluster.ComponentPlacement;
import dev.barevirt.api.v1.cluster.Configuration;
import dev.barevirt.api.v1.cluster.TlsConfiguration;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges the configuration of an installation. */
public final class InstallationRules {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final Set<String> DEPRECATED =
      Set.of(
          "DockerSELinuxMCSWorkaround",
          "MultiArchitecture",
          "DisableMDEVConfiguration",
          "HotplugVolumes");
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(h|ms|us|µs|ns|m|s)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "h", 3_600_000_000_000L,
          "m", 60_000_000_000L,
          "s", 1_000_000_000L,
          "ms", 1_000_000L,
          "us", 1_000L,
          "µs", 1_000L,
          "ns", 1L);

  private InstallationRules() {}

  /** What is wrong with a configuration. */
  public static List<Violation> check(KubeVirtSpec spec) {
    Findings found = new Findings();
    Configuration configuration = spec.configuration();
    if (configuration != null) {
      tls(configuration.tlsConfiguration(), found);
    }
    if (spec.certificateRotateStrategy() != null) {
      certificates(spec.certificateRotateStrategy().selfSigned(), found);
    }
    replicas(spec.infra(), found);
    return found.all();
  }

  /** What an administrator should hear about a configuration that is accepted. */
  public static List<String> warnings(KubeVirtSpec spec) {
    List<String> warnings = new ArrayList<>();
    if (spec.configuration() != null && spec.configuration().developerConfiguration() != null) {
      spec.configuration().developerConfiguration().featureGates().stream()
          .filter(DEPRECATED::contains)
          .forEach(gate -> warnings.add("feature gate " + gate + " is deprecated"));
    }
    return warnings;
  }

  private static void tls(@Nullable TlsConfiguration tls, Findings found) {
    if (tls != null && !tls.ciphers().isEmpty()) {
      boolean none = Words.isBlank(tls.minTLSVersion());
      if (none || "VersionTLS13".equals(tls.minTLSVersion())) {
        found.invalid(
            SPEC.field("configuration").field("tlsConfiguration").field("ciphers"),
            "ciphers cannot be chosen when minTLSVersion is empty or VersionTLS13");
      }
    }
  }

  private static void replicas(@Nullable ComponentPlacement infra, Findings found) {
    if (infra != null && Integer.valueOf(0).equals(infra.replicas())) {
      found.invalid(SPEC.field("infra").field("replicas"), "there must be one replica at least");
    }
  }

  private static void certificates(
      CertificateRotateStrategy.@Nullable SelfSigned certificates, Findings found) {
    if (certificates == null) {
      return;
    }
    FieldPath place = SPEC.field("certificateRotateStrategy").field("selfSigned");
    boolean former =
        certificates.caRotateInterval() != null
            || certificates.certRotateInterval() != null
            || certificates.caOverlapInterval() != null;
    if (former && (certificates.ca() != null || certificates.server() != null)) {
      found.invalid(
          place, "caRotateInterval and its like exclude ca and server, which say the same");
    }
    Optional<Duration> authority = lifetime(certificates.ca(), place.field("ca"), found);
    Optional<Duration> server = lifetime(certificates.server(), place.field("server"), found);
    if (authority.isPresent()
        && server.isPresent()
        && authority.get().compareTo(server.get()) < 0) {
      found.invalid(
          place.field("server").field("duration"), "a certificate cannot outlast its authority");
    }
    duration(certificates.caRotateInterval(), place.field("caRotateInterval"), found);
    duration(certificates.certRotateInterval(), place.field("certRotateInterval"), found);
    duration(certificates.caOverlapInterval(), place.field("caOverlapInterval"), found);
  }

  private static Optional<Duration> lifetime(
      @Nullable Lifetime lifetime, FieldPath place, Findings found) {
    if (lifetime == null) {
      return Optional.empty();
    }
    Optional<Duration> whole = duration(lifetime.duration(), place.field("duration"), found);
    Optional<Duration> before = duration(lifetime.renewBefore(), place.field("renewBefore"), found);
    if (whole.isPresent() && before.isPresent() && before.get().compareTo(whole.get()) >= 0) {
      found.invalid(place.field("renewBefore"), "it must be shorter than the duration");
    }
    return whole;
  }

  private static Optional<Duration> duration(
      @Nullable String text, FieldPath place, Findings found) {
    if (Words.isBlank(text)) {
      return Optional.empty();
    }
    Optional<Duration> duration = parse(Words.orEmpty(text));
    if (duration.filter(Duration::isPositive).isEmpty()) {
      found.invalid(place, Words.shown(text) + " is not a duration such as 24h0m0s");
      return Optional.empty();
    }
    return duration;
  }

  /** Reads a duration as Go writes it, such as {@code 24h0m0s}. */
  public static Optional<Duration> parse(String text) {
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    int at = 0;
    while (part.find() && part.start() == at) {
      at = part.end();
      BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L));
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
    }
    boolean whole = at == text.length() && at > 0;
    boolean fits = nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0;
    return whole && fits ? Optional.of(Duration.ofNanos(nanos.longValue())) : Optional.empty();
  }
}
