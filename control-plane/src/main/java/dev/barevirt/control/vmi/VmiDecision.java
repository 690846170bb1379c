package dev.barevirt.control.vmi;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;

/** What is to be done for an instance now. Its status is reported in any case. */
sealed interface VmiDecision {
  /** Its launcher's pod is made. */
  record CreatePod() implements VmiDecision {}

  /** Its pods are asked to go. */
  record DeletePods(List<Pod> pods) implements VmiDecision {}

  /** Nothing of it is left, and it may disappear. */
  record Release() implements VmiDecision {}

  /** It is on its way, or a node's. */
  record Keep() implements VmiDecision {}

  /** A node should say something soon; if it does not, that is looked at again. */
  record LookAgain(Duration after) implements VmiDecision {}

  /** It cannot go on as it is; something outside must change first. */
  record Hold(String reason, String message) implements VmiDecision {}

  /** It has ended in a way nobody wanted, and no node will say so. */
  record Fail(String reason, String message) implements VmiDecision {}

  /** It has ended as wanted, and no node will say so. */
  record Succeed() implements VmiDecision {}
}
