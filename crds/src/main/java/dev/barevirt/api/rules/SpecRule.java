package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.domain.Domain;
import dev.barevirt.api.v1.domain.LaunchSecurity;
import dev.barevirt.api.v1.scheduling.DnsConfig;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands beside the hardware: names, name service, policies, scheduling words. */
final class SpecRule implements VmiRule {
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "arm64", "s390x");
  private static final Set<String> EVICTIONS =
      Set.of("None", "LiveMigrate", "LiveMigrateIfPossible", "External");
  private static final Set<String> DNS_POLICIES =
      Set.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
  private static final Set<String> IO_THREADS = Set.of("shared", "auto", "supplementalPool");
  private static final int MOST_NAMESERVERS = 3;
  private static final int MOST_SEARCHES = 6;
  private static final int LONGEST_SEARCH = 256;

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    if (!Words.isBlank(spec.architecture()) && !ARCHITECTURES.contains(spec.architecture())) {
      found.invalid(
          at.field("architecture"),
          "unsupported architecture: " + Words.shown(spec.architecture()));
    }
    label(spec.hostname(), at.field("hostname"), found);
    label(spec.subdomain(), at.field("subdomain"), found);
    if (spec.evictionStrategy() != null && !EVICTIONS.contains(spec.evictionStrategy())) {
      found.invalid(
          at.field("evictionStrategy"),
          at.field("evictionStrategy")
              + " is set with an unrecognized option: "
              + Words.shown(spec.evictionStrategy()));
    }
    if (spec.startStrategy() != null && !spec.startStrategy().equals("Paused")) {
      found.invalid(
          at.field("startStrategy"),
          at.field("startStrategy")
              + " is set with an unrecognized option: "
              + Words.shown(spec.startStrategy()));
    }
    Long grace = spec.terminationGracePeriodSeconds();
    if (grace != null && grace < 0) {
      found.invalid(at.field("terminationGracePeriodSeconds"), "must not be negative");
    }
    dns(spec, at, found);
    domain(spec.domain(), at.field("domain"), found);
    tolerations(spec, at.field("tolerations"), found);
  }

  private static void label(@Nullable String name, FieldPath path, Findings found) {
    String word = Words.orEmpty(name);
    if (!word.isEmpty() && !Words.isDnsLabel(word)) {
      found.invalid(
          path,
          path
              + " does not conform to the kubernetes DNS_LABEL rules : '"
              + Words.shown(word)
              + "'");
    }
  }

  private static void dns(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    DnsConfig config = spec.dnsConfig();
    if (!Words.isBlank(spec.dnsPolicy()) && !DNS_POLICIES.contains(spec.dnsPolicy())) {
      found.notSupported(
          at.field("dnsPolicy"),
          "DNSPolicy: "
              + Words.shown(spec.dnsPolicy())
              + " is not supported, valid values: "
              + DNS_POLICIES.stream().sorted().toList());
    }
    FieldPath path = at.field("dnsConfig");
    if ("None".equals(spec.dnsPolicy())) {
      if (config == null) {
        found.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
      } else if (config.nameservers().isEmpty()) {
        found.required(
            path.field("nameservers"),
            "must provide at least one DNS nameserver when `dnsPolicy` is None");
      }
    }
    if (config == null) {
      return;
    }
    if (config.nameservers().size() > MOST_NAMESERVERS) {
      found.invalid(path.field("nameservers"), "must not have more than 3 nameservers");
    }
    if (config.searches().size() > MOST_SEARCHES) {
      found.invalid(path.field("searches"), "must not have more than 6 search paths");
    }
    if (String.join(" ", config.searches()).length() > LONGEST_SEARCH) {
      found.invalid(
          path.field("searches"),
          "must not have more than 256 characters (including spaces) in the search list");
    }
  }

  private static void domain(Domain domain, FieldPath path, Findings found) {
    String policy = domain.ioThreadsPolicy();
    if (policy != null && !IO_THREADS.contains(policy)) {
      found.invalid(
          path.field("ioThreadsPolicy"), "Invalid IOThreadsPolicy (" + Words.shown(policy) + ")");
    }
    Long threads =
        domain.ioThreads() == null ? null : domain.ioThreads().supplementalPoolThreadCount();
    if ("supplementalPool".equals(policy) && (threads == null || threads < 1)) {
      found.invalid(
          path.field("ioThreads").field("supplementalPoolThreadCount"),
          "the number of iothreads needs to be set and positive for the dedicated policy");
    }
    if (domain.rebootPolicy() != null
        && !Set.of("Reboot", "Terminate").contains(domain.rebootPolicy())) {
      found.notSupported(path.field("rebootPolicy"), "a reboot policy is Reboot or Terminate");
    }
    if (domain.clock() != null
        && domain.clock().utc() != null
        && !Words.isBlank(domain.clock().timezone())) {
      found.invalid(path.field("clock"), "a clock shows UTC or the time of a zone, not both");
    }
    LaunchSecurity security = domain.launchSecurity();
    if (security != null) {
      long kinds =
          Stream.of(security.sev(), security.snp(), security.tdx())
              .filter(Objects::nonNull)
              .count();
      if (kinds > 1) {
        found.invalid(path.field("launchSecurity"), "one kind of launch security at a time");
      }
    }
  }

  private static void tolerations(VirtualMachineInstanceSpec spec, FieldPath path, Findings found) {
    for (int i = 0; i < spec.tolerations().size(); i++) {
      String operator = spec.tolerations().get(i).operator();
      if (!Words.isBlank(operator) && !Set.of("Equal", "Exists").contains(operator)) {
        found.add(
            new Violation(
                path.index(i).field("operator").toString(),
                Violation.NOT_SUPPORTED,
                path.field("operator") + " in body should be one of [Equal Exists]"));
      }
    }
  }
}
