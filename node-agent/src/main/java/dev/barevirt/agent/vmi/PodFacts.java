package dev.barevirt.agent.vmi;

import dev.barevirt.api.core.Frozen;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;

/**
 * What the agent needs to know about a launcher's pod.
 *
 * @param uid its unique id
 * @param namespace its namespace
 * @param name its name
 * @param state how far it is
 * @param addresses its addresses
 * @param containersReady whether its containers are ready
 * @param terminating whether it is being deleted
 * @param gate what its readiness gate says
 */
public record PodFacts(
    String uid,
    String namespace,
    String name,
    State state,
    List<String> addresses,
    boolean containersReady,
    boolean terminating,
    Gate gate) {
  /** The readiness gate of launcher pods: whether the guest's processors run. */
  public static final String UNPAUSED = "kubevirt.io/virtual-machine-unpaused";

  /** How far a pod is. */
  public enum State {
    /** Its containers do not all run yet. */
    PENDING,
    /** It runs. */
    RUNNING,
    /** Its container ended with status 0. */
    SUCCEEDED,
    /** Its container ended otherwise. */
    FAILED
  }

  /** What the readiness gate says. */
  public enum Gate {
    /** Nobody said anything yet. */
    UNSET,
    /** The guest runs. */
    OPEN,
    /** The guest stands still. */
    CLOSED
  }

  public PodFacts {
    addresses = Frozen.list(addresses);
  }

  /** The facts of a pod. */
  public static PodFacts of(Pod pod) {
    PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    return new PodFacts(
        pod.getMetadata().getUid(),
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getName(),
        state(status.getPhase()),
        addresses(status),
        condition(status, "ContainersReady").filter("True"::equals).isPresent(),
        pod.isMarkedForDeletion(),
        condition(status, UNPAUSED)
            .map(value -> value.equals("True") ? Gate.OPEN : Gate.CLOSED)
            .orElse(Gate.UNSET));
  }

  /** The instance that a pod belongs to, by the reference of its controller. */
  public static Optional<OwnerReference> owner(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .filter(owner -> owner.getKind().equals("VirtualMachineInstance"))
        .filter(owner -> owner.getApiVersion().startsWith("kubevirt.io/"))
        .findFirst();
  }

  /** Whether nothing runs in it any more. */
  public boolean hasEnded() {
    return state == State.SUCCEEDED || state == State.FAILED;
  }

  private static List<String> addresses(PodStatus status) {
    List<String> all =
        status.getPodIPs() == null
            ? List.of()
            : status.getPodIPs().stream().map(PodIP::getIp).toList();
    return !all.isEmpty() || status.getPodIP() == null ? all : List.of(status.getPodIP());
  }

  private static Optional<String> condition(PodStatus status, String type) {
    return status.getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .map(PodCondition::getStatus);
  }

  private static State state(String phase) {
    return switch (phase == null ? "" : phase) {
      case "Running" -> State.RUNNING;
      case "Succeeded" -> State.SUCCEEDED;
      case "Failed" -> State.FAILED;
      default -> State.PENDING;
    };
  }
}
