package dev.barevirt.control.vm;

import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.status.PhaseTransitionTimestamp;
import dev.barevirt.api.v1.status.StartFailure;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts instances that failed without ever running, and says how long the next one waits. */
final class StartFailures {
  private static final long FIRST_SECONDS = 10;
  private static final long MOST_SECONDS = 300;
  private static final String RUNNING = VmiPhase.RUNNING.wireName();

  private StartFailures() {}

  /** The count after what is known now; none when there is nothing to count. */
  static @Nullable StartFailure next(VmFacts facts) {
    StartFailure current = facts.status().startFailure();
    if (facts.vmi().isEmpty()) {
      return isToRun(facts) ? current : null;
    }
    VirtualMachineInstance vmi = facts.vmi().get();
    if (hasRun(vmi)) {
      return null;
    }
    String uid = String.valueOf(vmi.metadata().uid());
    boolean counted = current != null && uid.equals(current.lastFailedVMIUID());
    if (facts.phase().filter(VmiPhase.FAILED::equals).isEmpty() || counted) {
      return current;
    }
    int count = countOf(current) + 1;
    Instant retry = facts.now().plus(delay(count, uid));
    return new StartFailure(count, uid, retry);
  }

  private static int countOf(@Nullable StartFailure failure) {
    return failure == null || failure.consecutiveFailCount() == null
        ? 0
        : failure.consecutiveFailCount();
  }

  private static boolean isToRun(VmFacts facts) {
    return facts.strategy() != RunStrategy.HALTED;
  }

  private static boolean hasRun(VirtualMachineInstance vmi) {
    return Optional.ofNullable(vmi.status())
        .map(VirtualMachineInstanceStatus::phaseTransitionTimestamps)
        .filter(
            transitions ->
                transitions.stream().map(PhaseTransitionTimestamp::phase).anyMatch(RUNNING::equals))
        .isPresent();
  }

  /**
   * Grows with the square of the count. Up to half of it is added by chance, so that machines that
   * fail together do not all come back together; the chance is the instance's own identity.
   */
  static Duration delay(int count, String uid) {
    long seconds = Math.min(MOST_SECONDS, FIRST_SECONDS * count * count);
    long chance = Math.floorMod(uid.hashCode(), seconds / 2 + 1);
    return Duration.ofSeconds(Math.min(MOST_SECONDS, seconds + chance));
  }
}
