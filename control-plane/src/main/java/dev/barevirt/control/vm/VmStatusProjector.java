package dev.barevirt.control.vm;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.condition.PrintableStatus;
import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineStatus;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.api.v1.status.MigrationState;
import dev.barevirt.api.v1.status.StartFailure;
import dev.barevirt.api.v1.status.StateChangeRequest;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a machine says about itself, from its instance and what was decided. */
final class VmStatusProjector {
  static final String GENERATION_ANNOTATION = "kubevirt.io/vm-generation";
  private static final String READY = "Ready";
  private static final String FAILURE = "Failure";
  private static final String RESTART_REQUIRED = "RestartRequired";
  private static final String SYNCHRONIZED = "Synchronized";
  private static final String TRUE = "True";
  private static final String FALSE = "False";
  private static final String NOT_LIVE_UPDATABLE =
      "a non-live-updatable field was changed in the template spec";

  /** Conditions that a machine has of its own; the others are its instance's. */
  private static final Set<String> OWN = Set.of(READY, FAILURE, RESTART_REQUIRED);

  private VmStatusProjector() {}

  /**
   * The status as it shall be. Fields that others write stay as they are.
   *
   * @param facts what is known, its instance as it is after what was decided has been done
   * @param decision what was decided
   */
  static VirtualMachineStatus project(VmFacts facts, VmDecision decision) {
    VirtualMachineStatus now = facts.status();
    StartFailure failure = StartFailures.next(facts);
    List<Condition> conditions = conditions(facts, decision);
    boolean ready = Conditions.isTrue(conditions, READY);
    return new VirtualMachineStatus(
        now.snapshotInProgress(),
        now.restoreInProgress(),
        facts.vmi().isPresent() ? true : null,
        ready ? true : null,
        printable(facts, decision, failure).wireName(),
        conditions,
        requests(facts, decision),
        now.volumeRequests(),
        now.volumeSnapshotStatuses(),
        failure,
        now.memoryDumpRequest(),
        observedGeneration(facts),
        facts.vm().metadata().generation(),
        strategy(facts, decision),
        now.volumeUpdateState(),
        now.changedBlockTracking(),
        now.instancetypeRef(),
        now.preferenceRef());
  }

  /** A strategy whose first start is still to come has not been taken up. */
  private static @Nullable String strategy(VmFacts facts, VmDecision decision) {
    return switch (decision) {
      case VmDecision.StartLater _, VmDecision.Hold _ -> facts.status().runStrategy();
      case VmDecision.CreateVmi _,
          VmDecision.DeleteVmi _,
          VmDecision.SwitchToAlways _,
          VmDecision.Release _,
          VmDecision.Keep _ ->
          facts.strategy().wireName();
    };
  }

  private static List<StateChangeRequest> requests(VmFacts facts, VmDecision decision) {
    boolean isAlive = facts.vmi().isPresent() && !facts.isFinal() && !facts.isVmiDeleted();
    List<StateChangeRequest> open = new ArrayList<>(facts.openRequests(isAlive));
    boolean startIsKnown = open.stream().anyMatch(request -> request.action().equals("Start"));
    if (decision.equals(new VmDecision.DeleteVmi(VmDecision.Then.START)) && !startIsKnown) {
      open.add(new StateChangeRequest("Start", Map.of(), null));
    }
    return List.copyOf(open);
  }

  private static @Nullable Long observedGeneration(VmFacts facts) {
    return facts
        .vmi()
        .map(vmi -> vmi.metadata().annotations().get(GENERATION_ANNOTATION))
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(Long::valueOf)
        .orElse(facts.status().observedGeneration());
  }

  private static PrintableStatus printable(
      VmFacts facts, VmDecision decision, @Nullable StartFailure failure) {
    Set<PrintableStatus> all = EnumSet.noneOf(PrintableStatus.class);
    if (facts.isDeleted()) {
      all.add(PrintableStatus.TERMINATING);
    }
    if (facts.vmi().isEmpty() || facts.isFinal()) {
      all.add(PrintableStatus.STOPPED);
      addWaiting(facts, decision, failure, all);
    } else {
      addLiving(facts, facts.vmi().get(), all);
    }
    return PrintableStatus.first(all);
  }

  private static void addWaiting(
      VmFacts facts,
      VmDecision decision,
      @Nullable StartFailure failure,
      Set<PrintableStatus> all) {
    if (failure != null && isRestarting(facts.strategy())) {
      all.add(PrintableStatus.CRASH_LOOP_BACK_OFF);
    }
    if (facts.strategy() == RunStrategy.WAIT_AS_RECEIVER && facts.vmi().isEmpty()) {
      all.remove(PrintableStatus.STOPPED);
      all.add(PrintableStatus.WAITING_FOR_RECEIVER);
    }
    if (decision instanceof VmDecision.Hold) {
      all.add(
          facts.volumes() instanceof VmFacts.Volumes.Unavailable
              ? PrintableStatus.DATA_VOLUME_ERROR
              : PrintableStatus.PROVISIONING);
    }
  }

  private static boolean isRestarting(RunStrategy strategy) {
    return switch (strategy) {
      case ALWAYS, RERUN_ON_FAILURE, ONCE -> true;
      case HALTED, MANUAL, WAIT_AS_RECEIVER -> false;
    };
  }

  private static void addLiving(
      VmFacts facts, VirtualMachineInstance vmi, Set<PrintableStatus> all) {
    VirtualMachineInstanceStatus status =
        Optional.ofNullable(vmi.status()).orElse(VirtualMachineInstanceStatus.EMPTY);
    if (facts.isVmiDeleted() || facts.isStopAsked()) {
      all.add(PrintableStatus.STOPPING);
    }
    if (isMigrating(status)) {
      all.add(PrintableStatus.MIGRATING);
    }
    if (Conditions.isTrue(status.conditions(), "Paused")) {
      all.add(PrintableStatus.PAUSED);
    }
    switch (facts.phase().orElse(VmiPhase.UNSET)) {
      case RUNNING -> all.add(PrintableStatus.RUNNING);
      case UNSET, PENDING, SCHEDULING, SCHEDULED -> all.add(PrintableStatus.STARTING);
      case WAITING_FOR_SYNC -> all.add(PrintableStatus.WAITING_FOR_RECEIVER);
      case UNKNOWN, SUCCEEDED, FAILED -> {}
    }
    Conditions.find(status.conditions(), "PodScheduled")
        .filter(condition -> "Unschedulable".equals(condition.reason()))
        .ifPresent(_ -> all.add(PrintableStatus.ERROR_UNSCHEDULABLE));
    Conditions.find(status.conditions(), SYNCHRONIZED)
        .map(Condition::reason)
        .flatMap(VmStatusProjector::trouble)
        .ifPresent(all::add);
  }

  private static Optional<PrintableStatus> trouble(String reason) {
    return switch (reason) {
      case "FailedPvcNotFound" -> Optional.of(PrintableStatus.ERROR_PVC_NOT_FOUND);
      case "ErrImagePull" -> Optional.of(PrintableStatus.ERR_IMAGE_PULL);
      case "ImagePullBackOff" -> Optional.of(PrintableStatus.IMAGE_PULL_BACK_OFF);
      default -> Optional.empty();
    };
  }

  private static boolean isMigrating(VirtualMachineInstanceStatus status) {
    return Optional.ofNullable(status.migrationState())
            .filter(migration -> migration.startTimestamp() != null)
            .map(MigrationState::completed)
            .filter(Boolean.TRUE::equals)
            .isEmpty()
        && status.migrationState() != null
        && status.migrationState().startTimestamp() != null;
  }

  private static List<Condition> conditions(VmFacts facts, VmDecision decision) {
    List<Condition> wanted = new ArrayList<>();
    wanted.add(ready(facts));
    List<Condition> ofInstance =
        facts
            .vmi()
            .map(VirtualMachineInstance::status)
            .map(VirtualMachineInstanceStatus::conditions)
            .orElse(List.of());
    ofInstance.stream().filter(condition -> !OWN.contains(condition.type())).forEach(wanted::add);
    if (decision instanceof VmDecision.Hold(String reason, String message)
        && !(facts.volumes() instanceof VmFacts.Volumes.Pending)) {
      wanted.add(new Condition(FAILURE, TRUE, null, null, reason, message));
    }
    if (facts.changed() && facts.vmi().isPresent() && !facts.isFinal()) {
      wanted.add(
          new Condition(RESTART_REQUIRED, TRUE, null, null, RESTART_REQUIRED, NOT_LIVE_UPDATABLE));
    }
    return timed(facts.status().conditions(), wanted, facts.now());
  }

  /** The instance's conditions bring their times along; the machine's own get theirs here. */
  private static List<Condition> timed(
      List<Condition> current, List<Condition> wanted, Instant now) {
    List<Condition> own =
        wanted.stream().filter(condition -> OWN.contains(condition.type())).toList();
    List<Condition> kept =
        current.stream()
            .filter(old -> own.stream().anyMatch(next -> next.type().equals(old.type())))
            .toList();
    List<Condition> merged = Conditions.merge(kept, own, now.truncatedTo(ChronoUnit.SECONDS));
    return wanted.stream().map(next -> Conditions.find(merged, next.type()).orElse(next)).toList();
  }

  private static Condition ready(VmFacts facts) {
    Optional<VirtualMachineInstance> vmi = facts.vmi();
    if (vmi.isEmpty()) {
      return new Condition(
          READY, FALSE, null, null, "VMINotExists", "The machine has no instance.");
    }
    return vmi.map(VirtualMachineInstance::status)
        .map(VirtualMachineInstanceStatus::conditions)
        .flatMap(conditions -> Conditions.find(conditions, READY))
        .orElseGet(
            () ->
                new Condition(
                    READY,
                    FALSE,
                    null,
                    null,
                    "VMIConditionMissing",
                    "The instance does not say whether it is ready."));
  }
}
