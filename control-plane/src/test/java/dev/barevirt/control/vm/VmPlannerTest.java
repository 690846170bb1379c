package dev.barevirt.control.vm;

import static dev.barevirt.control.vm.Vms.facts;
import static dev.barevirt.control.vm.Vms.going;
import static dev.barevirt.control.vm.Vms.inPhase;
import static dev.barevirt.control.vm.Vms.vm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VmPlannerTest {
  private static final VmDecision CREATE = new VmDecision.CreateVmi(false);
  private static final VmDecision DELETE = new VmDecision.DeleteVmi(VmDecision.Then.STRATEGY);
  private static final VmDecision RERUN = new VmDecision.DeleteVmi(VmDecision.Then.START);
  private static final VmDecision KEEP = new VmDecision.Keep();
  private static final String START = "stateChangeRequests: [{action: Start}]";
  private static final String STOP = "stateChangeRequests: [{action: Stop, uid: vmi-uid}]";
  private static final String STOP_OTHER = "stateChangeRequests: [{action: Stop, uid: other}]";

  private static VmDecision plan(
      String strategy, String status, @Nullable VirtualMachineInstance vmi) {
    return VmPlanner.plan(facts(vm(strategy, status), vmi));
  }

  @Test
  void always() {
    assertThat(plan("Always", "", null)).isEqualTo(CREATE);
    assertThat(plan("Always", "", inPhase("Running"))).isEqualTo(KEEP);
    assertThat(plan("Always", "", inPhase("Succeeded"))).isEqualTo(DELETE);
    assertThat(plan("Always", "", inPhase("Failed"))).isEqualTo(DELETE);
    assertThat(plan("Always", "", going("Failed"))).isEqualTo(KEEP);
    assertThat(plan("Always", STOP, inPhase("Running"))).isEqualTo(DELETE);
    assertThat(plan("Always", STOP_OTHER, inPhase("Running"))).isEqualTo(KEEP);
  }

  @Test
  void theOlderWayToSayAlwaysAndHalted() {
    assertThat(VmPlanner.plan(facts(vm("", "running: true", ""), null))).isEqualTo(CREATE);
    assertThat(VmPlanner.plan(facts(vm("", "running: false", ""), inPhase("Running"))))
        .isEqualTo(DELETE);
  }

  @Test
  void halted() {
    assertThat(plan("Halted", "", null)).isEqualTo(KEEP);
    assertThat(plan("Halted", "", inPhase("Running"))).isEqualTo(DELETE);
    assertThat(plan("Halted", START, null)).isEqualTo(new VmDecision.SwitchToAlways());
  }

  @Test
  void manual() {
    assertThat(plan("Manual", "", null)).isEqualTo(KEEP);
    assertThat(plan("Manual", START, null)).isEqualTo(CREATE);
    assertThat(plan("Manual", "", inPhase("Failed"))).isEqualTo(KEEP);
    assertThat(plan("Manual", START, inPhase("Failed"))).isEqualTo(DELETE);
    assertThat(plan("Manual", STOP, inPhase("Running"))).isEqualTo(DELETE);
    assertThat(
            plan(
                "Manual", "stateChangeRequests: [{action: Start, data: {paused: \"true\"}}]", null))
        .isEqualTo(new VmDecision.CreateVmi(true));
  }

  @Test
  void rerunOnFailure() {
    String old = "runStrategy: RerunOnFailure";
    assertThat(plan("RerunOnFailure", "", null)).isEqualTo(CREATE);
    assertThat(plan("RerunOnFailure", "runStrategy: Halted", null)).isEqualTo(CREATE);
    assertThat(plan("RerunOnFailure", old, null)).isEqualTo(KEEP);
    assertThat(plan("RerunOnFailure", old + "\n" + START, null)).isEqualTo(CREATE);
    assertThat(plan("RerunOnFailure", old, inPhase("Failed"))).isEqualTo(RERUN);
    assertThat(plan("RerunOnFailure", old, inPhase("Succeeded"))).isEqualTo(KEEP);
    assertThat(plan("RerunOnFailure", old + "\n" + STOP, inPhase("Running"))).isEqualTo(DELETE);
  }

  @Test
  void once() {
    String old = "runStrategy: Once";
    assertThat(plan("Once", "", null)).isEqualTo(CREATE);
    assertThat(plan("Once", old, null)).isEqualTo(KEEP);
    assertThat(plan("Once", old, inPhase("Failed"))).isEqualTo(KEEP);
    assertThat(plan("Once", old, inPhase("Succeeded"))).isEqualTo(KEEP);
    assertThat(plan("Once", old + "\n" + STOP, inPhase("Running"))).isEqualTo(DELETE);
  }

  @Test
  void aReceiverWaits() {
    assertThat(plan("WaitAsReceiver", "", null)).isEqualTo(KEEP);
  }

  @Test
  void aStartWaitsForTheEndOfItsBackOff() {
    assertThat(
            plan("Always", "startFailure: {retryAfterTimestamp: \"2026-11-22T14:16:08Z\"}", null))
        .isEqualTo(new VmDecision.StartLater(Duration.ofSeconds(10)));
    assertThat(
            plan("Always", "startFailure: {retryAfterTimestamp: \"2026-11-22T14:15:58Z\"}", null))
        .isEqualTo(CREATE);
  }

  @Test
  void aMachineSaysThatItHasStoppedBeforeItIsStartedAgain() {
    assertThat(plan("Always", "printableStatus: Stopping", null))
        .isInstanceOf(VmDecision.StartLater.class);
    assertThat(plan("Always", "printableStatus: Stopped", null)).isEqualTo(CREATE);
  }

  @Test
  void aStartWaitsForDataVolumes() {
    VirtualMachine vm = vm("Always", "");
    assertThat(
            VmPlanner.plan(
                new VmFacts(
                    vm,
                    Optional.empty(),
                    new VmFacts.Volumes.Unavailable("no such kind"),
                    false,
                    Vms.NOW)))
        .isEqualTo(new VmDecision.Hold("FailedDataVolumeCreate", "no such kind"));
  }

  @Test
  void aDeletedMachineTakesItsInstanceAlongUnlessItIsToBeOrphaned() {
    String deleted = "deletionTimestamp: \"2026-11-22T14:15:50Z\"";
    assertThat(VmPlanner.plan(facts(vm(deleted, "runStrategy: Always", ""), inPhase("Running"))))
        .isEqualTo(DELETE);
    assertThat(VmPlanner.plan(facts(vm(deleted, "runStrategy: Always", ""), going("Running"))))
        .isEqualTo(KEEP);
    assertThat(VmPlanner.plan(facts(vm(deleted, "runStrategy: Always", ""), null)))
        .isEqualTo(new VmDecision.Release());
    assertThat(
            VmPlanner.plan(
                facts(withFinalizers(List.of(VmPlanner.FINALIZER, "orphan")), inPhase("Running"))))
        .isEqualTo(new VmDecision.Release());
  }

  private static VirtualMachine withFinalizers(List<String> finalizers) {
    String deleted = "deletionTimestamp: \"2026-11-22T14:15:50Z\"";
    VirtualMachine vm = vm(deleted, "runStrategy: Always", "");
    ObjectMeta meta = vm.metadata();
    return vm.withMetadata(
        new ObjectMeta(
            meta.name(),
            null,
            meta.namespace(),
            meta.labels(),
            meta.annotations(),
            meta.uid(),
            meta.resourceVersion(),
            meta.generation(),
            null,
            meta.deletionTimestamp(),
            null,
            finalizers,
            List.of(),
            List.of(),
            null));
  }
}
