package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.core.LabelSelector;
import dev.barevirt.api.core.LabelSelectorRequirement;
import dev.barevirt.api.v1.VirtualMachineInstanceReplicaSet;
import dev.barevirt.api.v1.VirtualMachineInstanceTemplateSpec;
import java.util.List;
import java.util.Map;

/** Judges numbers of like instances: their template, and whether they would find it again. */
public final class ReplicaSetRules {
  private static final FieldPath SPEC = FieldPath.of("spec");

  private ReplicaSetRules() {}

  /** What is wrong with a number of like instances in a cluster. */
  public static List<Violation> checkInCluster(
      VirtualMachineInstanceReplicaSet set, ClusterSettings settings) {
    Findings found = new Findings();
    VirtualMachineInstanceTemplateSpec template = set.spec().template();
    if (template == null) {
      found.required(SPEC.field("template"), "missing virtual machine template.");
      return found.all();
    }
    VmiRules.inCluster(
        VmRules.defaulted(template, settings),
        SPEC.field("template").field("spec"),
        settings,
        found);
    LabelSelector selector = set.spec().selector();
    if (selector == null || !matches(selector, template.metadata().labels())) {
      found.invalid(SPEC.field("selector"), "selector does not match labels.");
    }
    return found.all().stream().map(ClusterCause::of).toList();
  }

  /** Whether labels answer a question; a question that asks for nothing is answered by all. */
  public static boolean matches(LabelSelector selector, Map<String, String> labels) {
    boolean all =
        selector.matchLabels().entrySet().stream()
            .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
    return all && selector.matchExpressions().stream().allMatch(wanted -> matches(wanted, labels));
  }

  private static boolean matches(LabelSelectorRequirement wanted, Map<String, String> labels) {
    String value = labels.get(wanted.key());
    return switch (wanted.operator()) {
      case "In" -> value != null && wanted.values().contains(value);
      case "NotIn" -> value == null || !wanted.values().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
