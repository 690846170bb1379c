package dev.barevirt.control.vmi;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.core.OwnerReference;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.api.v1.status.MemoryStatus;
import dev.barevirt.api.v1.status.PhaseTransitionTimestamp;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a controller says about an instance, from its pods and what was decided. */
final class VmiStatusProjector {
  private static final long USER = 107;
  private static final String FALSE = "False";

  /** The ordinary way from nothing to a node. */
  private static final List<VmiPhase> WAY =
      List.of(VmiPhase.UNSET, VmiPhase.PENDING, VmiPhase.SCHEDULING, VmiPhase.SCHEDULED);

  private VmiStatusProjector() {}

  /**
   * The controller's fields as they shall be.
   *
   * @param facts what is known, its pods as they are after what was decided has been done
   * @param decision what was decided
   */
  static VmiFields project(VmiFacts facts, VmiDecision decision) {
    VmiPhase phase = phase(facts, decision);
    String node = node(facts, phase);
    return new VmiFields(
        node,
        finalizer(facts),
        VmiFields.ownsLife(phase) ? life(facts, decision, phase) : null,
        status(facts, decision, phase, node));
  }

  private static boolean finalizer(VmiFacts facts) {
    return !facts.isDeleted() || facts.vmi().metadata().finalizers().contains(VmiNames.FINALIZER);
  }

  private static VmiPhase phase(VmiFacts facts, VmiDecision decision) {
    VmiPhase phase = facts.phase();
    return switch (decision) {
      case VmiDecision.Fail _ -> VmiPhase.FAILED;
      case VmiDecision.Succeed _ -> VmiPhase.SUCCEEDED;
      case VmiDecision.Hold _ -> phase == VmiPhase.UNSET ? VmiPhase.PENDING : phase;
      case VmiDecision.CreatePod _ -> VmiPhase.SCHEDULING;
      case VmiDecision.DeletePods _, VmiDecision.Release _ -> phase;
      case VmiDecision.Keep _, VmiDecision.LookAgain _ -> reached(facts, phase);
    };
  }

  private static VmiPhase reached(VmiFacts facts, VmiPhase phase) {
    if (facts.isDeleted() || facts.pods().isEmpty()) {
      return phase;
    }
    return switch (phase) {
      case UNSET, PENDING, SCHEDULING ->
          new LauncherPod(facts.pods().getLast()).isUp() ? VmiPhase.SCHEDULED : VmiPhase.SCHEDULING;
      case SCHEDULED, RUNNING, SUCCEEDED, FAILED, WAITING_FOR_SYNC, UNKNOWN -> phase;
    };
  }

  /** The label hands the instance over, and stays. */
  private static @Nullable String node(VmiFacts facts, VmiPhase phase) {
    String label = facts.vmi().metadata().labels().get(VmiNames.NODE_LABEL);
    if (label != null || phase != VmiPhase.SCHEDULED) {
      return label;
    }
    return facts.pod().map(LauncherPod::new).map(LauncherPod::node).orElse(null);
  }

  private static VmiFields.Life life(VmiFacts facts, VmiDecision decision, VmiPhase phase) {
    List<PhaseTransitionTimestamp> transitions =
        new ArrayList<>(facts.status().phaseTransitionTimestamps());
    if (phase != facts.phase()) {
      passed(facts.phase(), phase)
          .forEach(
              step ->
                  transitions.add(
                      new PhaseTransitionTimestamp(step.wireName(), seconds(facts.now()))));
    }
    String reason =
        decision instanceof VmiDecision.Fail(String why, String _) ? why : facts.status().reason();
    return new VmiFields.Life(phase, List.copyOf(transitions), reason);
  }

  /** The phases on the way, which clients expect to have been. */
  private static List<VmiPhase> passed(VmiPhase from, VmiPhase to) {
    int start = WAY.indexOf(from);
    int end = WAY.indexOf(to);
    return start >= 0 && end > start ? WAY.subList(start + 1, end + 1) : List.of(to);
  }

  private static VirtualMachineInstanceStatus status(
      VmiFacts facts, VmiDecision decision, VmiPhase phase, @Nullable String node) {
    VirtualMachineInstanceStatus now = facts.status();
    Optional<LauncherPod> pod = facts.pod().map(LauncherPod::new);
    boolean hasNode = node != null;
    VirtualMachineInstanceStatus own =
        new VirtualMachineInstanceStatus(
            null,
            null,
            List.of(),
            null,
            List.of(),
            List.of(),
            null,
            null,
            null,
            null,
            hasNode ? kept(now.qosClass(), pod.flatMap(LauncherPod::qosClass)) : null,
            hasNode
                ? kept(now.launcherContainerImageVersion(), pod.flatMap(LauncherPod::image))
                : null,
            null,
            Map.of(),
            List.of(),
            null,
            null,
            null,
            revision(facts.vmi()),
            USER,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            null);
    Quantity overhead =
        Optional.ofNullable(now.memory())
            .map(MemoryStatus::memoryOverhead)
            .orElseGet(
                () -> Quantity.ofBytes(MemoryOverhead.of(facts.vmi().spec(), facts.config())));
    return new VmiFields.Own(own)
        .with(
            hasNode ? kept(now.nodeName(), Optional.ofNullable(node)) : null,
            activePods(facts, hasNode),
            conditions(facts, decision, phase, hasNode),
            overhead);
  }

  private static @Nullable String kept(@Nullable String current, Optional<String> otherwise) {
    return current != null ? current : otherwise.orElse(null);
  }

  /** The revision's name follows from who made the instance, and from what it was made. */
  private static @Nullable String revision(VirtualMachineInstance vmi) {
    String generation = vmi.metadata().annotations().get(VmiNames.GENERATION_ANNOTATION);
    return vmi.metadata().ownerReferences().stream()
        .filter(owner -> owner.kind().equals("VirtualMachine") && generation != null)
        .map(OwnerReference::uid)
        .findFirst()
        .map(uid -> VmiNames.revision(uid, String.valueOf(generation)))
        .orElse(null);
  }

  /** Where a pod is counts from the hand-over on; a write for each of its steps is too many. */
  private static Map<String, String> activePods(VmiFacts facts, boolean hasNode) {
    Map<String, String> active = new TreeMap<>();
    facts.pods().stream()
        .map(LauncherPod::new)
        .filter(pod -> !pod.hasEnded())
        .forEach(pod -> active.put(pod.uid(), hasNode ? pod.node() : ""));
    return active;
  }

  private static List<Condition> conditions(
      VmiFacts facts, VmiDecision decision, VmiPhase phase, boolean hasNode) {
    List<Condition> wanted = new ArrayList<>();
    ready(facts, decision, phase).ifPresent(wanted::add);
    Optional<LauncherPod> pod = facts.pod().map(LauncherPod::new);
    if (!phase.isFinal()) {
      pod.flatMap(LauncherPod::unschedulable)
          .ifPresent(
              trouble ->
                  wanted.add(
                      condition(
                          VmiFields.POD_SCHEDULED, FALSE, trouble.reason(), trouble.message())));
    }
    if (!hasNode) {
      synchronizing(decision, pod).ifPresent(wanted::add);
    }
    List<Condition> current =
        facts.status().conditions().stream()
            .filter(old -> wanted.stream().anyMatch(kept -> kept.type().equals(old.type())))
            .filter(old -> VmiFields.owned(hasNode, phase).contains(old.type()))
            .toList();
    return Conditions.merge(current, wanted, seconds(facts.now()));
  }

  private static Optional<Condition> synchronizing(
      VmiDecision decision, Optional<LauncherPod> pod) {
    if (decision instanceof VmiDecision.Hold(String reason, String message)) {
      return Optional.of(condition(VmiFields.SYNCHRONIZED, FALSE, reason, message));
    }
    if (decision instanceof VmiDecision.Fail(String reason, String message)) {
      return Optional.of(condition(VmiFields.SYNCHRONIZED, FALSE, reason, message));
    }
    return pod.flatMap(LauncherPod::imageTrouble)
        .map(
            trouble ->
                condition(VmiFields.SYNCHRONIZED, FALSE, trouble.reason(), trouble.message()));
  }

  /** Of a running guest its node says so; what was said last stands when there is an end. */
  private static Optional<Condition> ready(VmiFacts facts, VmiDecision decision, VmiPhase phase) {
    if (!VmiFields.ownsLife(phase)) {
      return Optional.empty();
    }
    Optional<LauncherPod> pod = facts.pod().map(LauncherPod::new);
    boolean isOver = phase.isFinal() && phase == facts.phase();
    if (isOver) {
      return Conditions.find(facts.status().conditions(), VmiFields.READY);
    }
    if (pod.filter(LauncherPod::isDeleted).isPresent()) {
      return Optional.of(notReady("PodTerminating", "The launcher's pod is being taken down."));
    }
    boolean isLost = pod.isEmpty() && decision instanceof VmiDecision.Fail;
    return Optional.of(
        isLost
            ? notReady("PodNotExists", "The launcher's pod is gone.")
            : notReady("GuestNotRunning", "The guest does not run."));
  }

  private static Condition notReady(String reason, String message) {
    return condition(VmiFields.READY, FALSE, reason, message);
  }

  private static Condition condition(
      String type, String status, @Nullable String reason, @Nullable String message) {
    return new Condition(type, status, null, null, reason, message);
  }

  /** The API server keeps no more of a time than its seconds. */
  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
