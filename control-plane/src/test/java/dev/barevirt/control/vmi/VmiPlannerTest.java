package dev.barevirt.control.vmi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.v1.VirtualMachineInstance;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VmiPlannerTest {
  private static final String SMALL = "domain: {devices: {}, memory: {guest: 128Mi}}";
  private static final String FINALIZER =
      "finalizers: [kubevirt.io/foregroundDeleteVirtualMachine]";
  private static final String ON_NODE = FINALIZER + "\nlabels: {kubevirt.io/nodeName: node01}";
  private static final String DELETED = "\ndeletionTimestamp: \"2026-11-22T14:15:50Z\"";

  private static VirtualMachineInstance inPhase(String metadata, String phase) {
    return Vmis.of(metadata, SMALL, "phase: " + phase);
  }

  @Test
  void aNewInstanceGetsAPod() {
    assertThat(VmiPlanner.plan(Vmis.facts(Vmis.withSpec(SMALL))))
        .isEqualTo(new VmiDecision.CreatePod());
    assertThat(VmiPlanner.plan(Vmis.facts(inPhase("", "Pending"))))
        .isEqualTo(new VmiDecision.CreatePod());
  }

  @Test
  void anInstanceWhosePodIsThereAlreadyGetsNoSecondOne() {
    assertThat(VmiPlanner.plan(Vmis.facts(Vmis.withSpec(SMALL), Vmis.waiting())))
        .isEqualTo(new VmiDecision.Keep());
  }

  @Test
  void fieldsWithoutAPartInThePodKeepItFromStartingByName() {
    VirtualMachineInstance vmi =
        Vmis.withSpec(
            """
            domain: {devices: {}}
            volumes:
            - {name: a, emptyDisk: {capacity: 1Gi}}
            - {name: b, hostDisk: {path: /x, type: Disk}}
            networks:
            - {name: n, multus: {networkName: x}}
            readinessProbe: {exec: {command: [x]}}
            """);
    assertThat(VmiPlanner.plan(Vmis.facts(vmi)))
        .isEqualTo(
            new VmiDecision.Hold(
                "Unsupported",
                "spec.readinessProbe.exec: is not supported by this version; "
                    + "spec.volumes[1].hostDisk: is not supported by this version; "
                    + "spec.networks[0].multus: is not supported by this version"));
  }

  @Test
  void aMissingClaimIsWaitedFor() {
    VmiFacts facts =
        new VmiFacts(
            Vmis.withSpec(SMALL),
            List.of(),
            new VmiFacts.Claims(Set.of("data"), Set.of()),
            Vmis.CONFIG,
            Vmis.NOW);
    assertThat(VmiPlanner.plan(facts))
        .isEqualTo(
            new VmiDecision.Hold(
                "FailedPvcNotFound", "These persistent volume claims do not exist: data."));
  }

  @Test
  void aPodThatEndsBeforeItsNodeTookOverFailsTheInstance() {
    assertThat(
            VmiPlanner.plan(
                Vmis.facts(inPhase("", "Scheduling"), Vmis.ended(1, "2026-11-22T14:15:57Z"))))
        .isEqualTo(new VmiDecision.Fail("PodFailed", "The launcher ended with 1."));
    assertThat(VmiPlanner.plan(Vmis.facts(inPhase("", "Scheduling"))))
        .isInstanceOf(VmiDecision.Fail.class);
  }

  @Test
  void aGuestOnANodeIsTheNodes() {
    for (String phase : List.of("Scheduled", "Running", "Succeeded", "Failed")) {
      assertThat(VmiPlanner.plan(Vmis.facts(inPhase(ON_NODE, phase), Vmis.running())))
          .as(phase)
          .isEqualTo(new VmiDecision.Keep());
    }
  }

  @Test
  void aPodThatVanishesUnderARunningGuestFailsTheInstance() {
    assertThat(VmiPlanner.plan(Vmis.facts(inPhase(ON_NODE, "Running"))))
        .isEqualTo(
            new VmiDecision.Fail(
                "PodNotExists", "The launcher's pod vanished while the guest was running."));
  }

  @Test
  void theNodeHasTimeToTellHowALaunchersGuestEnded() {
    VirtualMachineInstance vmi = inPhase(ON_NODE, "Running");
    Pod justNow = Vmis.ended(1, "2026-11-22T14:15:48Z");
    assertThat(VmiPlanner.plan(Vmis.facts(vmi, justNow)))
        .isEqualTo(new VmiDecision.LookAgain(Duration.ofSeconds(20)));
    assertThat(VmiPlanner.plan(Vmis.facts(vmi, Vmis.ended(1, "2026-11-22T14:15:28Z"))))
        .isInstanceOf(VmiDecision.Fail.class);
    assertThat(VmiPlanner.plan(Vmis.facts(vmi, Vmis.ended(0, "2026-11-22T14:15:28Z"))))
        .isEqualTo(new VmiDecision.Succeed());
  }

  @Test
  void aDeletedInstanceWithoutAGuestLosesItsPodsAtOnce() {
    Pod pod = Vmis.waiting();
    assertThat(VmiPlanner.plan(Vmis.facts(inPhase(FINALIZER + DELETED, "Scheduling"), pod)))
        .isEqualTo(new VmiDecision.DeletePods(List.of(pod)));
  }

  @Test
  void aDeletedInstanceWithAGuestIsShutDownByItsNodeFirst() {
    assertThat(VmiPlanner.plan(Vmis.facts(inPhase(ON_NODE + DELETED, "Running"), Vmis.running())))
        .isEqualTo(new VmiDecision.Keep());
    assertThat(VmiPlanner.plan(Vmis.facts(inPhase(ON_NODE + DELETED, "Succeeded"), Vmis.running())))
        .isInstanceOf(VmiDecision.DeletePods.class);
  }

  @Test
  void podsAreAskedToGoOnce() {
    Pod going = Vmis.pod("deletionTimestamp: \"2026-11-22T14:15:51Z\"", "", "phase: Running");
    assertThat(VmiPlanner.plan(Vmis.facts(inPhase(ON_NODE + DELETED, "Failed"), going)))
        .isEqualTo(new VmiDecision.Keep());
  }

  @Test
  void aDeletedInstanceDisappearsWhenNothingIsLeft() {
    assertThat(VmiPlanner.plan(Vmis.facts(inPhase(ON_NODE + DELETED, "Running"))))
        .isEqualTo(new VmiDecision.Release());
    assertThat(VmiPlanner.plan(Vmis.facts(inPhase("finalizers: [other]" + DELETED, "Failed"))))
        .isEqualTo(new VmiDecision.Keep());
  }
}
