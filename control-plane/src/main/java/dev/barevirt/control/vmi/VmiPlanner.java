package dev.barevirt.control.vmi;

import dev.barevirt.api.rules.Violation;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides what is to be done for an instance.
 *
 * <p>A controller has it until its launcher runs on a node; from then on the node says how it is,
 * and only the end of a pod that no node has told about is a controller's again.
 */
final class VmiPlanner {
  /** How long a node has to tell how a launcher's guest ended, once the launcher has. */
  static final Duration NODE_TELLS = Duration.ofSeconds(30);

  static final String UNSUPPORTED = Violation.UNSUPPORTED;
  static final String CLAIM_NOT_FOUND = "FailedPvcNotFound";

  private VmiPlanner() {}

  static VmiDecision plan(VmiFacts facts) {
    if (facts.isDeleted()) {
      return planEnd(facts);
    }
    return switch (facts.phase()) {
      case UNSET, PENDING -> planBegin(facts);
      case SCHEDULING -> planBeforeNode(facts);
      case SCHEDULED, RUNNING, UNKNOWN -> planOnNode(facts);
      case SUCCEEDED, FAILED, WAITING_FOR_SYNC -> new VmiDecision.Keep();
    };
  }

  private static VmiDecision planBegin(VmiFacts facts) {
    if (!facts.pods().isEmpty()) {
      return planBeforeNode(facts);
    }
    List<Violation> unsupported = UnsupportedFields.of(facts.vmi().spec());
    if (!unsupported.isEmpty()) {
      return new VmiDecision.Hold(
          UNSUPPORTED,
          unsupported.stream().map(Violation::sentence).collect(Collectors.joining("; ")));
    }
    if (!facts.claims().missing().isEmpty()) {
      String names = facts.claims().missing().stream().sorted().collect(Collectors.joining(", "));
      return new VmiDecision.Hold(
          CLAIM_NOT_FOUND, "These persistent volume claims do not exist: " + names + ".");
    }
    return new VmiDecision.CreatePod();
  }

  private static VmiDecision planBeforeNode(VmiFacts facts) {
    if (facts.pods().isEmpty()) {
      return new VmiDecision.Fail(
          "PodNotExists", "The launcher's pod vanished before the guest could start.");
    }
    LauncherPod pod = new LauncherPod(facts.pods().getLast());
    if (pod.hasEnded()) {
      LauncherPod.Trouble trouble = pod.failure();
      return new VmiDecision.Fail(trouble.reason(), trouble.message());
    }
    return new VmiDecision.Keep();
  }

  private static VmiDecision planOnNode(VmiFacts facts) {
    if (facts.pods().isEmpty()) {
      return new VmiDecision.Fail(
          "PodNotExists", "The launcher's pod vanished while the guest was running.");
    }
    LauncherPod pod = new LauncherPod(facts.pods().getLast());
    if (!pod.hasEnded()) {
      return new VmiDecision.Keep();
    }
    Instant told = pod.endedAt().orElse(Instant.EPOCH).plus(NODE_TELLS);
    if (facts.now().isBefore(told)) {
      return new VmiDecision.LookAgain(Duration.between(facts.now(), told));
    }
    if (!pod.hasFailed()) {
      return new VmiDecision.Succeed();
    }
    LauncherPod.Trouble trouble = pod.failure();
    return new VmiDecision.Fail(trouble.reason(), trouble.message());
  }

  private static VmiDecision planEnd(VmiFacts facts) {
    if (facts.pods().isEmpty()) {
      return facts.vmi().metadata().finalizers().contains(VmiNames.FINALIZER)
          ? new VmiDecision.Release()
          : new VmiDecision.Keep();
    }
    if (isStoppedByNode(facts)) {
      return new VmiDecision.Keep();
    }
    List<Pod> left =
        facts.pods().stream().filter(pod -> !new LauncherPod(pod).isDeleted()).toList();
    return left.isEmpty() ? new VmiDecision.Keep() : new VmiDecision.DeletePods(left);
  }

  /** A guest on a node is shut down by it, in its own time, before its pod goes. */
  private static boolean isStoppedByNode(VmiFacts facts) {
    return facts.isHandedOver()
        && !facts.phase().isFinal()
        && facts.pods().stream().map(LauncherPod::new).anyMatch(pod -> !pod.hasEnded());
  }
}
