package dev.barevirt.api.rules;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The field a cluster's clients know a cause by, where that is not the field that is wrong. Clients
 * of KubeVirt compare these.
 */
final class ClusterCause {
  /** A pattern for the field that is wrong, and the field it is known by. */
  private record Known(Pattern field, String as) {
    Known(String field, String as) {
      this(Pattern.compile(field), as);
    }
  }

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "(spec(?:\\.template\\.spec)?\\.domain\\.devices\\.disks)(\\[\\d+])\\.(io|name)",
              "$1.domain.devices.disks$2.$3"),
          new Known("(spec(?:\\.template\\.spec)?)\\.domain\\.firmware\\.acpi", "$1.acpi"),
          new Known(
              "(spec(?:\\.template\\.spec)?)\\.domain\\.devices\\.interfaces\\[\\d+]"
                  + "\\.dhcpOptions\\.privateOptions.*",
              "$1"));
  private static final Pattern VOLUME =
      Pattern.compile("(spec(?:\\.template\\.spec)?)(\\.volumes.*)");

  private ClusterCause() {}

  /** The violation as the cluster's clients know it. */
  static Violation of(Violation violation) {
    if (violation.message().startsWith("ContainerPath volume ")) {
      return at(violation, VOLUME.matcher(violation.path()).replaceFirst("$1.domain$2"));
    }
    boolean missing =
        violation.message().endsWith("not found.")
            || violation.message().endsWith("must not have the same Name.");
    for (Known known : KNOWN) {
      var field = known.field().matcher(violation.path());
      if (field.matches() && !missing) {
        return at(violation, field.replaceFirst(known.as()));
      }
    }
    return violation;
  }

  private static Violation at(Violation violation, String path) {
    return new Violation(path, violation.reason(), violation.message());
  }
}
