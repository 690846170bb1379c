package dev.barevirt.control.admission;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges evictions of launchers' pods, as a drain asks for them, by the instance's strategy: its
 * guest is shut down with the pod, or it has to be somewhere else first.
 */
final class EvictionHook implements Hook {
  private final Cluster cluster;

  EvictionHook(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Verdict judge(Review review) {
    Optional<Cluster.Launcher> launcher =
        cluster.launcher(review.namespace(), review.name()).filter(pod -> !pod.hasEnded());
    if (launcher.isEmpty()) {
      return Verdict.allowed();
    }
    return cluster
        .instance(review.namespace(), launcher.get().name())
        .filter(vmi -> launcher.get().instance().equals(vmi.metadata().uid()))
        .map(vmi -> judge(vmi, launcher.get(), review.isTrial()))
        .orElseGet(Verdict::allowed);
  }

  private Verdict judge(VirtualMachineInstance vmi, Cluster.Launcher launcher, boolean isTrial) {
    String strategy =
        Objects.requireNonNullElse(
            vmi.spec().evictionStrategy(), cluster.settings().evictionStrategy());
    return switch (strategy) {
      case "LiveMigrate" ->
          isMigratable(vmi)
              ? evacuated(vmi, launcher, isTrial)
              : Verdict.tooManyRequests(
                  "VMI "
                      + vmi.metadata().name()
                      + " is configured with an eviction strategy but is not live-migratable");
      case "LiveMigrateIfPossible" ->
          isMigratable(vmi) ? evacuated(vmi, launcher, isTrial) : Verdict.allowed();
      case "External" -> evacuated(vmi, launcher, isTrial);
      default -> Verdict.allowed();
    };
  }

  private Verdict evacuated(
      VirtualMachineInstance vmi, Cluster.Launcher launcher, boolean isTrial) {
    if (!launcher.node().equals(status(vmi).nodeName())) {
      return Verdict.tooManyRequests("Eviction request for target Pod");
    }
    // Tools that balance a cluster look for these words.
    String triggered =
        "Eviction triggered evacuation of VMI \"%s/%s\""
            .formatted(vmi.metadata().namespace(), vmi.metadata().name());
    if (status(vmi).evacuationNodeName() != null) {
      return Verdict.tooManyRequests("Evacuation in progress: " + triggered);
    }
    if (!isTrial) {
      cluster.evacuate(vmi);
    }
    return Verdict.tooManyRequests(triggered);
  }

  private static boolean isMigratable(VirtualMachineInstance vmi) {
    return Conditions.isTrue(status(vmi).conditions(), "LiveMigratable");
  }

  private static VirtualMachineInstanceStatus status(VirtualMachineInstance vmi) {
    return Objects.requireNonNullElse(vmi.status(), VirtualMachineInstanceStatus.EMPTY);
  }
}
