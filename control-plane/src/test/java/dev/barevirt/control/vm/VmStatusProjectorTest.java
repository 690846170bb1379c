package dev.barevirt.control.vm;

import static dev.barevirt.control.vm.Vms.facts;
import static dev.barevirt.control.vm.Vms.going;
import static dev.barevirt.control.vm.Vms.inPhase;
import static dev.barevirt.control.vm.Vms.vm;
import static dev.barevirt.control.vm.Vms.vmi;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineStatus;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.api.v1.status.StartFailure;
import dev.barevirt.api.v1.status.StateChangeRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VmStatusProjectorTest {
  private static VirtualMachineStatus project(
      String strategy, String status, @Nullable VirtualMachineInstance vmi) {
    VmFacts facts = facts(vm(strategy, status), vmi);
    return VmStatusProjector.project(facts, VmPlanner.plan(facts));
  }

  private static @Nullable String printable(@Nullable VirtualMachineInstance vmi) {
    return project("Always", "", vmi).printableStatus();
  }

  private static VirtualMachineInstance with(String phase, String conditions) {
    return vmi("", "phase: " + phase + "\nconditions: [" + conditions + "]");
  }

  @Test
  void theFirstWordThatIsTrueIsShown() {
    assertThat(printable(null)).isEqualTo("Stopped");
    assertThat(printable(inPhase("Pending"))).isEqualTo("Starting");
    assertThat(printable(inPhase("Scheduled"))).isEqualTo("Starting");
    assertThat(printable(inPhase("Running"))).isEqualTo("Running");
    assertThat(printable(with("Running", "{type: Paused, status: \"True\"}"))).isEqualTo("Paused");
    assertThat(printable(going("Running"))).isEqualTo("Stopping");
    assertThat(printable(going("Succeeded"))).isEqualTo("Stopped");
    assertThat(printable(inPhase("Failed"))).isEqualTo("CrashLoopBackOff");
    assertThat(
            printable(
                with(
                    "Scheduling",
                    "{type: PodScheduled, status: \"False\", reason: Unschedulable}")))
        .isEqualTo("ErrorUnschedulable");
    for (String reason : new String[] {"ErrImagePull", "ImagePullBackOff"}) {
      assertThat(
              printable(
                  with(
                      "Scheduling",
                      "{type: Synchronized, status: \"False\", reason: " + reason + "}")))
          .isEqualTo(reason);
    }
    assertThat(
            printable(
                with(
                    "Pending",
                    "{type: Synchronized, status: \"False\", reason: FailedPvcNotFound}")))
        .isEqualTo("ErrorPvcNotFound");
    assertThat(
            printable(
                vmi(
                    "",
                    "phase: Running\nmigrationState: {startTimestamp: \"2026-11-22T14:15:50Z\"}")))
        .isEqualTo("Migrating");
    assertThat(project("WaitAsReceiver", "", null).printableStatus())
        .isEqualTo("WaitingForReceiver");
    VmFacts deleted =
        facts(
            vm("deletionTimestamp: \"2026-11-22T14:15:50Z\"", "runStrategy: Always", ""),
            going("Running"));
    assertThat(VmStatusProjector.project(deleted, new VmDecision.Keep()).printableStatus())
        .isEqualTo("Terminating");
  }

  @Test
  void conditionsAreTheInstancesButForTheMachinesOwn() {
    VirtualMachineStatus status =
        project(
            "Always",
            "",
            with(
                "Running",
                "{type: Ready, status: \"True\"}, {type: LiveMigratable, status: \"True\"}"));
    assertThat(status.conditions())
        .extracting(Condition::type)
        .containsExactly("Ready", "LiveMigratable");
    assertThat(status.ready()).isTrue();
    assertThat(status.created()).isTrue();
    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(status.desiredGeneration()).isEqualTo(4);

    VirtualMachineStatus stopped = project("Halted", "", null);
    assertThat(stopped.conditions())
        .singleElement()
        .extracting(Condition::reason)
        .isEqualTo("VMINotExists");
    assertThat(stopped.created()).isNull();
  }

  @Test
  void aTemplateThatHasChangedAsksForARestart() {
    VmFacts facts =
        new VmFacts(
            vm("Always", ""),
            Optional.of(inPhase("Running")),
            new VmFacts.Volumes.Ready(),
            true,
            Vms.NOW);
    assertThat(
            Conditions.isTrue(
                VmStatusProjector.project(facts, new VmDecision.Keep()).conditions(),
                "RestartRequired"))
        .isTrue();
  }

  @Test
  void requestsThatAreDoneDisappear() {
    String restart = "stateChangeRequests: [{action: Stop, uid: vmi-uid}, {action: Start}]";
    assertThat(project("Manual", restart, inPhase("Running")).stateChangeRequests()).hasSize(2);
    assertThat(project("Manual", restart, null).stateChangeRequests())
        .extracting(StateChangeRequest::action)
        .containsExactly("Start");
    assertThat(
            project("Manual", "stateChangeRequests: [{action: Start}]", inPhase("Pending"))
                .stateChangeRequests())
        .isEmpty();
  }

  @Test
  void aRerunIsRememberedBeforeItsInstanceGoes() {
    assertThat(
            project("RerunOnFailure", "runStrategy: RerunOnFailure", inPhase("Failed"))
                .stateChangeRequests())
        .extracting(StateChangeRequest::action)
        .containsExactly("Start");
  }

  @Test
  void aStrategyWhoseStartIsStillToComeHasNotBeenTakenUp() {
    VmFacts held =
        new VmFacts(
            vm("Once", ""), Optional.empty(), new VmFacts.Volumes.Pending("x"), false, Vms.NOW);
    VirtualMachineStatus status = VmStatusProjector.project(held, VmPlanner.plan(held));
    assertThat(status.runStrategy()).isNull();
    assertThat(status.printableStatus()).isEqualTo("Provisioning");
    assertThat(project("Once", "", inPhase("Pending")).runStrategy()).isEqualTo("Once");
  }

  @Test
  void startsThatFailInARowWaitLongerAndLonger() {
    StartFailure first = project("Always", "", inPhase("Failed")).startFailure();
    assertThat(first).isNotNull();
    assertThat(first.consecutiveFailCount()).isEqualTo(1);
    assertThat(first.lastFailedVMIUID()).isEqualTo("vmi-uid");
    assertThat(first.retryAfterTimestamp())
        .isBetween(Vms.NOW.plusSeconds(10), Vms.NOW.plusSeconds(15));

    String counted = "startFailure: {consecutiveFailCount: 2, lastFailedVMIUID: vmi-uid}";
    assertThat(project("Always", counted, inPhase("Failed")).startFailure())
        .as("the same failure is counted once")
        .extracting(StartFailure::consecutiveFailCount)
        .isEqualTo(2);
    assertThat(
            project(
                    "Always",
                    counted,
                    vmi("", "phase: Failed\nphaseTransitionTimestamps: [{phase: Running}]"))
                .startFailure())
        .as("one that has run is no failure to start")
        .isNull();
    assertThat(StartFailures.delay(2, "a"))
        .isBetween(Duration.ofSeconds(40), Duration.ofMinutes(1));
    assertThat(StartFailures.delay(100, "a")).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void nothingIsWrittenWhenNothingChanged() {
    VmFacts facts = facts(vm("Always", ""), inPhase("Running"));
    VirtualMachineStatus first = VmStatusProjector.project(facts, new VmDecision.Keep());
    VmFacts again =
        new VmFacts(
            new VirtualMachine(null, null, facts.vm().metadata(), facts.vm().spec(), first),
            facts.vmi(),
            facts.volumes(),
            false,
            Vms.NOW.plusSeconds(60));
    assertThat(VmStatusProjector.project(again, new VmDecision.Keep())).isEqualTo(first);
  }
}
