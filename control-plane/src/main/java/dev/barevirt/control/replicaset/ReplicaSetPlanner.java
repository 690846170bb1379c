package dev.barevirt.control.replicaset;

import dev.barevirt.api.v1.VirtualMachineInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides how many instances are made or taken away, and which. */
final class ReplicaSetPlanner {
  /** More are made by later looks, so that one large set does not keep all others waiting. */
  static final int BURST = 250;

  /** Those that serve nobody yet go first, and of like ones the newest. */
  private static final Comparator<VirtualMachineInstance> FIRST_TO_GO =
      Comparator.comparing(ReplicaSetFacts::isReady)
          .thenComparing(ReplicaSetPlanner::age, Comparator.reverseOrder())
          .thenComparing(instance -> String.valueOf(instance.metadata().name()));

  private ReplicaSetPlanner() {}

  private static Instant age(VirtualMachineInstance instance) {
    return Optional.ofNullable(instance.metadata().creationTimestamp()).orElse(Instant.EPOCH);
  }

  static ReplicaSetDecision plan(ReplicaSetFacts facts) {
    if (facts.set().metadata().deletionTimestamp() != null) {
      return new ReplicaSetDecision.Keep();
    }
    if (Boolean.TRUE.equals(facts.set().spec().paused())) {
      return new ReplicaSetDecision.Paused();
    }
    List<VirtualMachineInstance> delete =
        new ArrayList<>(
            facts.instances().stream()
                .filter(instance -> ReplicaSetFacts.phase(instance).isFinal())
                .filter(instance -> !ReplicaSetFacts.isDeleted(instance))
                .toList());
    List<VirtualMachineInstance> living = facts.living();
    int missing = facts.wanted() - living.size();
    living.stream().sorted(FIRST_TO_GO).limit(Math.max(0, -missing)).forEach(delete::add);
    int create = Math.clamp(missing, 0, BURST);
    return create == 0 && delete.isEmpty()
        ? new ReplicaSetDecision.Keep()
        : new ReplicaSetDecision.Change(create, delete.stream().limit(BURST).toList());
  }
}
