package dev.barevirt.control.replicaset;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.core.LabelSelector;
import dev.barevirt.api.core.LabelSelectorRequirement;
import dev.barevirt.api.v1.VirtualMachineInstanceReplicaSetStatus;
import dev.barevirt.api.v1.status.Condition;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a replica set says about itself. */
final class ReplicaSetStatusProjector {
  private static final String PAUSED = "ReplicaPaused";
  private static final String FAILURE = "ReplicaFailure";

  private ReplicaSetStatusProjector() {}

  /**
   * The status as it shall be.
   *
   * @param facts what is known
   * @param decision what was decided
   * @param failure why an instance could not be made or taken away; absent when all could
   */
  static VirtualMachineInstanceReplicaSetStatus project(
      ReplicaSetFacts facts, ReplicaSetDecision decision, @Nullable String failure) {
    List<Condition> wanted = new ArrayList<>();
    if (decision instanceof ReplicaSetDecision.Paused) {
      wanted.add(condition(PAUSED, "Paused", "Instances are left as they are."));
    }
    if (failure != null) {
      wanted.add(condition(FAILURE, "FailedCreate", failure));
    }
    List<Condition> current =
        Optional.ofNullable(facts.set().status())
            .map(VirtualMachineInstanceReplicaSetStatus::conditions)
            .orElse(List.of())
            .stream()
            .filter(old -> wanted.stream().anyMatch(next -> next.type().equals(old.type())))
            .toList();
    int living = facts.living().size();
    return new VirtualMachineInstanceReplicaSetStatus(
        living,
        (int) facts.living().stream().filter(ReplicaSetFacts::isReady).count(),
        Conditions.merge(current, wanted, facts.now().truncatedTo(ChronoUnit.SECONDS)),
        selector(facts.set().spec().selector()));
  }

  private static Condition condition(String type, String reason, String message) {
    return new Condition(type, "True", null, null, reason, message);
  }

  /** The selector as those who scale ask for it. */
  private static @Nullable String selector(@Nullable LabelSelector selector) {
    if (selector == null) {
      return null;
    }
    Stream<String> labels =
        new TreeMap<>(selector.matchLabels())
            .entrySet().stream().map(label -> label.getKey() + "=" + label.getValue());
    Stream<String> expressions =
        selector.matchExpressions().stream().map(ReplicaSetStatusProjector::expression);
    return Stream.concat(labels, expressions).collect(Collectors.joining(","));
  }

  private static String expression(LabelSelectorRequirement requirement) {
    String values = String.join(",", requirement.values());
    return switch (requirement.operator()) {
      case "In" -> requirement.key() + " in (" + values + ")";
      case "NotIn" -> requirement.key() + " notin (" + values + ")";
      case "DoesNotExist" -> "!" + requirement.key();
      default -> requirement.key();
    };
  }
}
