package dev.barevirt.control.cluster;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.v1.KubeVirtStatus;
import dev.barevirt.api.v1.status.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an installation says about itself. */
final class KubeVirtStatusProjector {
  private static final String TRUE = "True";
  private static final String FALSE = "False";

  private KubeVirtStatusProjector() {}

  /**
   * The status as it shall be.
   *
   * @param current the status as it is
   * @param generation the generation that was looked at
   * @param components how far the parts are
   * @param now the time
   */
  static KubeVirtStatus project(
      KubeVirtStatus current, long generation, Components components, Instant now) {
    return new KubeVirtStatus(
        components.isReady() ? "Deployed" : "Deploying",
        merged(current, conditions(components), now),
        components.version(),
        components.registry(),
        components.version(),
        current.targetDeploymentConfig(),
        current.targetDeploymentID(),
        components.registry(),
        components.version(),
        current.observedDeploymentConfig(),
        current.observedDeploymentID(),
        current.outdatedVirtualMachineInstanceWorkloads(),
        generation,
        "amd64",
        current.generations(),
        current.synchronizationAddresses());
  }

  /**
   * The status of an installation that is being removed.
   *
   * @param current the status as it is
   * @param generation the generation that was looked at
   * @param left how many machines, instances and replica sets are still there
   * @param now the time
   */
  static KubeVirtStatus removing(KubeVirtStatus current, long generation, int left, Instant now) {
    String reason = "DeletionInProgress";
    String message =
        left == 1
            ? "One virtual machine, instance or replica set is being removed."
            : left + " virtual machines, instances and replica sets are being removed.";
    return new KubeVirtStatus(
        "Deleting",
        merged(
            current,
            List.of(
                condition("Available", false, reason, message),
                condition("Progressing", true, reason, message),
                condition("Degraded", true, reason, message)),
            now),
        current.operatorVersion(),
        current.targetKubeVirtRegistry(),
        current.targetKubeVirtVersion(),
        current.targetDeploymentConfig(),
        current.targetDeploymentID(),
        current.observedKubeVirtRegistry(),
        current.observedKubeVirtVersion(),
        current.observedDeploymentConfig(),
        current.observedDeploymentID(),
        current.outdatedVirtualMachineInstanceWorkloads(),
        generation,
        current.defaultArchitecture(),
        current.generations(),
        current.synchronizationAddresses());
  }

  private static List<Condition> merged(
      KubeVirtStatus current, List<Condition> conditions, Instant now) {
    return Conditions.merge(current.conditions(), conditions, now.truncatedTo(ChronoUnit.SECONDS));
  }

  private static List<Condition> conditions(Components components) {
    String waiting =
        Stream.concat(
                components.missing().stream().map(name -> name + " is not there"),
                components.unready().stream().map(name -> name + " is not ready"))
            .collect(Collectors.joining(", "));
    boolean ready = components.isReady();
    String reason = ready ? "AllComponentsReady" : "DeploymentInProgress";
    String message = ready ? "All components are ready." : "Waiting: " + waiting + ".";
    return List.of(
        condition("Available", ready, reason, message),
        condition("Progressing", !ready, reason, message),
        condition("Degraded", !ready, reason, message),
        condition(
            "Created",
            components.missing().isEmpty(),
            "AllResourcesCreated",
            components.missing().isEmpty() ? "All resources were created." : message));
  }

  private static Condition condition(String type, boolean holds, String reason, String message) {
    return new Condition(type, holds ? TRUE : FALSE, null, null, reason, message);
  }
}
