package dev.barevirt.control.vm;

import dev.barevirt.api.condition.PrintableStatus;
import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.v1.status.StartFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides, by the run strategy and what was asked for, whether a machine has an instance. */
final class VmPlanner {
  static final String FINALIZER = "kubevirt.io/virtualMachineControllerFinalize";
  private static final String ORPHAN = "orphan";
  private static final String PAUSED = "paused";
  private static final String STOPPING = PrintableStatus.STOPPING.wireName();

  /** Those who wait for a machine to have stopped see that before it is started again. */
  private static final Duration SAYS_STOPPED = Duration.ofSeconds(1);

  private VmPlanner() {}

  static VmDecision plan(VmFacts facts) {
    if (facts.isDeleted()) {
      return planEnd(facts);
    }
    VmDecision decision =
        switch (facts.strategy()) {
          case ALWAYS -> planAlways(facts);
          case HALTED -> planHalted(facts);
          case MANUAL -> planManual(facts);
          case RERUN_ON_FAILURE -> planRerunOnFailure(facts);
          case ONCE -> planOnce(facts);
          case WAIT_AS_RECEIVER -> new VmDecision.Keep();
        };
    return decision instanceof VmDecision.CreateVmi ? whenPossible(facts, decision) : decision;
  }

  private static VmDecision planEnd(VmFacts facts) {
    List<String> finalizers = facts.vm().metadata().finalizers();
    if (facts.vmi().isPresent() && !finalizers.contains(ORPHAN)) {
      return stop(facts);
    }
    return finalizers.contains(FINALIZER) ? new VmDecision.Release() : new VmDecision.Keep();
  }

  private static VmDecision planAlways(VmFacts facts) {
    if (facts.vmi().isEmpty()) {
      return start(facts);
    }
    return facts.isStopAsked() || facts.isFinal() ? stop(facts) : new VmDecision.Keep();
  }

  private static VmDecision planHalted(VmFacts facts) {
    if (facts.vmi().isPresent()) {
      return stop(facts);
    }
    return facts.start().isPresent() ? new VmDecision.SwitchToAlways() : new VmDecision.Keep();
  }

  private static VmDecision planManual(VmFacts facts) {
    if (facts.vmi().isEmpty()) {
      return facts.start().isPresent() ? start(facts) : new VmDecision.Keep();
    }
    boolean startsAnew = facts.isFinal() && facts.start().isPresent();
    return facts.isStopAsked() || startsAnew ? stop(facts) : new VmDecision.Keep();
  }

  /** An instance that has failed is made anew; one that has ended as wanted is left. */
  private static VmDecision planRerunOnFailure(VmFacts facts) {
    if (facts.vmi().isEmpty()) {
      return facts.isStrategyOld() && facts.start().isEmpty()
          ? new VmDecision.Keep()
          : start(facts);
    }
    if (facts.isStopAsked()) {
      return stop(facts);
    }
    boolean failed = facts.phase().filter(VmiPhase.FAILED::equals).isPresent();
    if (failed && !facts.isVmiDeleted()) {
      return new VmDecision.DeleteVmi(VmDecision.Then.START);
    }
    return facts.isFinal() && facts.start().isPresent() ? stop(facts) : new VmDecision.Keep();
  }

  private static VmDecision planOnce(VmFacts facts) {
    if (facts.vmi().isEmpty()) {
      return facts.isStrategyOld() ? new VmDecision.Keep() : start(facts);
    }
    return facts.isStopAsked() ? stop(facts) : new VmDecision.Keep();
  }

  private static VmDecision stop(VmFacts facts) {
    return facts.isVmiDeleted()
        ? new VmDecision.Keep()
        : new VmDecision.DeleteVmi(VmDecision.Then.STRATEGY);
  }

  private static VmDecision start(VmFacts facts) {
    if (STOPPING.equals(facts.status().printableStatus())) {
      return new VmDecision.StartLater(SAYS_STOPPED);
    }
    boolean paused =
        facts.start().map(request -> request.data().get(PAUSED)).filter("true"::equals).isPresent();
    return new VmDecision.CreateVmi(paused);
  }

  private static VmDecision whenPossible(VmFacts facts, VmDecision start) {
    Optional<Instant> retry =
        Optional.ofNullable(facts.status().startFailure()).map(StartFailure::retryAfterTimestamp);
    if (retry.filter(facts.now()::isBefore).isPresent()) {
      return new VmDecision.StartLater(Duration.between(facts.now(), retry.get()));
    }
    return switch (facts.volumes()) {
      case VmFacts.Volumes.Ready _ -> start;
      case VmFacts.Volumes.Pending(String message) ->
          new VmDecision.Hold("DataVolumesPending", message);
      case VmFacts.Volumes.Unavailable(String message) ->
          new VmDecision.Hold("FailedDataVolumeCreate", message);
    };
  }
}
