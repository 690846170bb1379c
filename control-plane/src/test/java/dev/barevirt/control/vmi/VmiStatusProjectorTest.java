package dev.barevirt.control.vmi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.api.v1.status.PhaseTransitionTimestamp;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VmiStatusProjectorTest {
  private static final String SMALL = "domain: {devices: {}, memory: {guest: 128Mi}}";
  private static final String FINALIZER =
      "finalizers: [kubevirt.io/foregroundDeleteVirtualMachine]";

  private static VmiFields project(VirtualMachineInstance vmi, VmiDecision decision, Pod... pods) {
    return VmiStatusProjector.project(Vmis.facts(vmi, pods), decision);
  }

  private static VmiPhase phase(VmiFields fields) {
    return requireNonNull(fields.life()).phase();
  }

  private static Condition condition(VmiFields fields, String type) {
    return Conditions.find(fields.status().conditions(), type).orElseThrow();
  }

  @Test
  void theFirstReportCoversEverythingUpToThePod() {
    VmiFields fields = project(Vmis.of("", SMALL, ""), new VmiDecision.CreatePod(), Vmis.waiting());

    assertThat(phase(fields)).isEqualTo(VmiPhase.SCHEDULING);
    assertThat(requireNonNull(fields.life()).transitions())
        .extracting(PhaseTransitionTimestamp::phase)
        .containsExactly("Pending", "Scheduling");
    assertThat(fields.finalizer()).isTrue();
    assertThat(fields.node()).isNull();
    assertThat(fields.status().activePods()).isEqualTo(Map.of("pod-uid", ""));
    assertThat(fields.status().runtimeUser()).isEqualTo(107);
    assertThat(condition(fields, "Ready").reason()).isEqualTo("GuestNotRunning");
  }

  @Test
  void theStepsOfAPodOnItsWayToANodeAreNoNews() {
    VirtualMachineInstance begun =
        reported(project(Vmis.of("", SMALL, ""), new VmiDecision.CreatePod(), Vmis.waiting()));
    Pod onNode =
        Vmis.pod(
            "", "nodeName: node01", "phase: Pending\nconditions: [{type: X, status: \"True\"}]");

    VmiFacts facts = Vmis.facts(begun, onNode);
    assertThat(VmiStatusProjector.project(facts, new VmiDecision.Keep()))
        .isEqualTo(VmiFields.in(facts));
  }

  /** The instance as it is after the fields were written. */
  private static VirtualMachineInstance reported(VmiFields fields) {
    Map<String, Object> applied = fields.applied();
    return Vmis.of(
        RecordWriter.toJson(asMap(applied.get("metadata")))
            .replaceAll("^\\{|}$", "")
            .replace(":[", ": ["),
        SMALL,
        RecordWriter.toJson(asMap(applied.get("status"))));
  }

  @SuppressWarnings("unchecked") // what is applied has names as keys
  private static Map<String, Object> asMap(@Nullable Object value) {
    return (Map<String, Object>) requireNonNull(value);
  }

  @Test
  void aLauncherThatRunsHandsTheInstanceToItsNode() {
    VirtualMachineInstance vmi = Vmis.of(FINALIZER, SMALL, "phase: Scheduling");
    VmiFields fields = project(vmi, new VmiDecision.Keep(), Vmis.running());

    assertThat(phase(fields)).isEqualTo(VmiPhase.SCHEDULED);
    assertThat(fields.node()).isEqualTo("node01");
    assertThat(fields.status().nodeName()).isEqualTo("node01");
    assertThat(fields.status().activePods()).isEqualTo(Map.of("pod-uid", "node01"));
    assertThat(fields.status().launcherContainerImageVersion())
        .isEqualTo("registry.example/launcher:1");
    assertThat(fields.status().qosClass()).isEqualTo("Burstable");
    assertThat(condition(fields, "Ready").reason()).isEqualTo("GuestNotRunning");
  }

  @Test
  void aDeletedInstanceIsNotHandedOver() {
    VirtualMachineInstance vmi =
        Vmis.of(
            FINALIZER + "\ndeletionTimestamp: \"2026-11-22T14:15:50Z\"",
            SMALL,
            "phase: Scheduling");
    VmiFields fields = project(vmi, new VmiDecision.DeletePods(List.of()), Vmis.running());
    assertThat(phase(fields)).isEqualTo(VmiPhase.SCHEDULING);
    assertThat(fields.node()).isNull();
  }

  @Test
  void aRunningGuestsPhaseIsLeftToItsNode() {
    VirtualMachineInstance vmi =
        Vmis.of(
            FINALIZER + "\nlabels: {kubevirt.io/nodeName: node01}",
            SMALL,
            """
            phase: Running
            phaseTransitionTimestamps: [{phase: Running}]
            """);
    VmiFields fields = project(vmi, new VmiDecision.Keep(), Vmis.running());
    assertThat(fields.life()).isNull();
    assertThat(asMap(fields.applied().get("status")))
        .doesNotContainKeys("phase", "phaseTransitionTimestamps");
    assertThat(fields.status().conditions()).as("the node says whether it is ready").isEmpty();
  }

  @Test
  void whatTheNodeSaysAboutConditionsIsNotTheControllers() {
    VirtualMachineInstance vmi =
        Vmis.of(
            FINALIZER + "\nlabels: {kubevirt.io/nodeName: node01}",
            SMALL,
            """
            phase: Running
            conditions:
            - {type: Synchronized, status: "False", reason: X}
            - {type: AgentConnected, status: "True"}
            """);
    VmiFacts facts = Vmis.facts(vmi, Vmis.running());
    assertThat(VmiFields.in(facts).status().conditions()).isEmpty();
    assertThat(VmiStatusProjector.project(facts, new VmiDecision.Keep()).status().conditions())
        .isEmpty();
  }

  @Test
  void anUnschedulablePodAndAnImageThatCannotBeHadAreTold() {
    Pod pod =
        Vmis.pod(
            "",
            "",
            """
            phase: Pending
            conditions:
            - {type: PodScheduled, status: "False", reason: Unschedulable, message: no room}
            containerStatuses:
            - {name: compute, state: {waiting: {reason: ErrImagePull, message: no such image}}}
            """);
    VmiFields fields =
        project(Vmis.of(FINALIZER, SMALL, "phase: Scheduling"), new VmiDecision.Keep(), pod);
    assertThat(condition(fields, "PodScheduled").message()).isEqualTo("no room");
    assertThat(condition(fields, "Synchronized").reason()).isEqualTo("ErrImagePull");
    assertThat(condition(fields, "Synchronized").status()).isEqualTo("False");

    VmiFields mended =
        project(
            Vmis.of(FINALIZER, SMALL, "phase: Scheduling"), new VmiDecision.Keep(), Vmis.running());
    assertThat(mended.status().conditions()).extracting(Condition::type).containsExactly("Ready");
    assertThat(VmiNews.between(mended, fields))
        .containsExactly(
            new VmiNews.Trouble("ErrImagePull", "no such image"),
            new VmiNews.Trouble("Unschedulable", "no room"));
    assertThat(VmiNews.between(fields, fields)).isEmpty();
  }

  @Test
  void anInstanceThatFailsSaysWhy() {
    VmiFields fields =
        project(
            Vmis.of(FINALIZER, SMALL, "phase: Scheduling"),
            new VmiDecision.Fail("PodFailed", "it ended"),
            Vmis.ended(1, "2026-11-22T14:15:57Z"));
    assertThat(phase(fields)).isEqualTo(VmiPhase.FAILED);
    assertThat(requireNonNull(fields.life()).reason()).isEqualTo("PodFailed");
    assertThat(condition(fields, "Synchronized").message()).isEqualTo("it ended");
    assertThat(fields.status().activePods()).isEmpty();
  }

  @Test
  void anInstanceOfAMachineNamesTheRevisionItWasMadeFrom() {
    VirtualMachineInstance vmi =
        Vmis.of(
            """
            annotations: {kubevirt.io/vm-generation: "3"}
            ownerReferences:
            - {apiVersion: kubevirt.io/v1, kind: VirtualMachine, name: sample, uid: vm-uid}
            """,
            SMALL,
            "");
    VmiFields fields = project(vmi, new VmiDecision.CreatePod(), Vmis.waiting());
    assertThat(fields.status().virtualMachineRevisionName())
        .isEqualTo("revision-start-vm-vm-uid-3");
  }
}
