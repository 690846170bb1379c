package dev.barevirt.agent.vmi;

import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known about an instance at one moment.
 *
 * @param vmi the instance
 * @param pod its launcher's pod on this node; absent once that is gone
 * @param report what its launcher said; absent while none is connected
 * @param refusal why it was not started; absent when nothing was refused
 */
record Observed(
    VirtualMachineInstance vmi,
    @Nullable PodFacts pod,
    @Nullable GuestReport report,
    @Nullable Refusal refusal) {

  /**
   * A start that did not succeed.
   *
   * @param reason one word for programs
   * @param message a sentence for people
   * @param attempts how often it was tried
   * @param retryAt when to try again; absent when that would not help
   */
  record Refusal(String reason, String message, int attempts, @Nullable Instant retryAt) {}

  VirtualMachineInstanceStatus status() {
    VirtualMachineInstanceStatus status = vmi.status();
    return status == null ? VirtualMachineInstanceStatus.EMPTY : status;
  }

  VmiPhase phase() {
    return VmiPhase.of(status().phase()).orElse(VmiPhase.UNKNOWN);
  }

  /** Whether the controller has handed the instance over to this node. */
  boolean isOurs() {
    return switch (phase()) {
      case SCHEDULED, RUNNING, SUCCEEDED, FAILED, UNKNOWN -> true;
      case UNSET, PENDING, SCHEDULING, WAITING_FOR_SYNC -> false;
    };
  }

  boolean isBeingDeleted() {
    return vmi.metadata().deletionTimestamp() != null;
  }

  /** Where the guest is, as far as its launcher tells. */
  @Nullable GuestPhase guest() {
    return report == null ? null : report.phase();
  }
}
