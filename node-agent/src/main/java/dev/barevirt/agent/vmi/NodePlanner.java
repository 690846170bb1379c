package dev.barevirt.agent.vmi;

import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import java.time.Duration;
import java.time.Instant;

/** Decides what to do next for an instance from what is known about it. */
final class NodePlanner {
  private static final NodeAction NOTHING = new NodeAction.Nothing();

  /** What KubeVirt gives a guest when its manifest says nothing. */
  private static final long DEFAULT_GRACE_SECONDS = 30;

  /** How long QEMU has to flush its disks before it is ended by force. */
  private static final Duration FLUSH = Duration.ofSeconds(10);

  private NodePlanner() {}

  /** The next action; the same facts give the same action. */
  static NodeAction plan(Observed seen, Instant now) {
    GuestReport report = seen.report();
    if (!seen.isOurs() || report == null) {
      return NOTHING; // without a launcher there is nobody to ask; the status tells what follows
    }
    if (report.phase().isFinal()) {
      return NOTHING;
    }
    if (seen.phase().isFinal()) {
      return report.phase().isAlive() ? new NodeAction.Kill(true, FLUSH) : NOTHING;
    }
    if (seen.isBeingDeleted()) {
      return end(seen, report, now);
    }
    return report.phase() == GuestPhase.IDLE ? start(seen, now) : NOTHING;
  }

  private static NodeAction start(Observed seen, Instant now) {
    PodFacts pod = seen.pod();
    if (pod == null || pod.terminating() || pod.hasEnded() || seen.phase() != VmiPhase.SCHEDULED) {
      return NOTHING;
    }
    Observed.Refusal refusal = seen.refusal();
    if (refusal == null) {
      return new NodeAction.Start(pod);
    }
    Instant retryAt = refusal.retryAt();
    if (retryAt == null) {
      return NOTHING;
    }
    return now.isBefore(retryAt)
        ? new NodeAction.Wait(Duration.between(now, retryAt))
        : new NodeAction.Start(pod);
  }

  private static NodeAction end(Observed seen, GuestReport report, Instant now) {
    if (!report.phase().isAlive()) {
      return NOTHING;
    }
    Instant asked = seen.vmi().metadata().deletionTimestamp();
    Long written = seen.vmi().spec().terminationGracePeriodSeconds();
    long grace = written == null ? DEFAULT_GRACE_SECONDS : Math.max(0, written);
    Instant over = (asked == null ? now : asked).plusSeconds(grace);
    if (now.isBefore(over)) {
      Duration left = Duration.between(now, over);
      return report.phase() == GuestPhase.STOPPING
          ? new NodeAction.Wait(left)
          : new NodeAction.Shutdown(grace, left);
    }
    Instant forced = over.plus(FLUSH);
    return now.isBefore(forced)
        ? new NodeAction.Kill(false, Duration.between(now, forced))
        : new NodeAction.Kill(true, FLUSH);
  }
}
