package dev.barevirt.control.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.kube.VirtualMachineInstanceReplicaSetResource;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceReplicaSetStatus;
import dev.barevirt.control.kube.Records;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaSetPlannerTest {
  private static VirtualMachineInstance vmi(String name, String phase, boolean ready, int second) {
    return Records.of(
        Serialization.unmarshal(
            """
            apiVersion: kubevirt.io/v1
            kind: VirtualMachineInstance
            metadata: {name: %s, creationTimestamp: "2026-11-22T14:15:%02dZ"}
            spec: {domain: {devices: {}}}
            status: {phase: %s, conditions: [{type: Ready, status: "%s"}]}
            """
                .formatted(name, second, phase, ready ? "True" : "False"),
            VirtualMachineInstanceResource.class));
  }

  private static ReplicaSetFacts facts(String spec, VirtualMachineInstance... instances) {
    return new ReplicaSetFacts(
        Records.of(
            Serialization.unmarshal(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstanceReplicaSet
                metadata: {name: web, uid: u}
                spec: {%s, selector: {matchLabels: {b: "2", a: "1"}}, template: {spec: {domain: {devices: {}}}}}
                """
                    .formatted(spec),
                VirtualMachineInstanceReplicaSetResource.class)),
        List.of(instances),
        Instant.parse("2026-11-22T14:15:58Z"));
  }

  @Test
  void makesThoseThatAreMissing() {
    assertThat(ReplicaSetPlanner.plan(facts("replicas: 3", vmi("a", "Running", true, 1))))
        .isEqualTo(new ReplicaSetDecision.Change(2, List.of()));
    assertThat(ReplicaSetPlanner.plan(facts("replicas: 1000")))
        .isEqualTo(new ReplicaSetDecision.Change(250, List.of()));
    assertThat(ReplicaSetPlanner.plan(facts("replicas: 1", vmi("a", "Pending", false, 1))))
        .isEqualTo(new ReplicaSetDecision.Keep());
  }

  @Test
  void thoseThatHaveEndedAreReplaced() {
    VirtualMachineInstance failed = vmi("a", "Failed", false, 1);
    assertThat(ReplicaSetPlanner.plan(facts("replicas: 1", failed)))
        .isEqualTo(new ReplicaSetDecision.Change(1, List.of(failed)));
  }

  @Test
  void thoseThatServeNobodyGoFirstThenTheNewest() {
    VirtualMachineInstance old = vmi("a", "Running", true, 1);
    VirtualMachineInstance young = vmi("b", "Running", true, 2);
    VirtualMachineInstance starting = vmi("c", "Scheduling", false, 0);
    assertThat(ReplicaSetPlanner.plan(facts("replicas: 1", old, young, starting)))
        .isEqualTo(new ReplicaSetDecision.Change(0, List.of(starting, young)));
  }

  @Test
  void aPausedSetIsLeft() {
    ReplicaSetFacts facts = facts("replicas: 3, paused: true");
    assertThat(ReplicaSetPlanner.plan(facts)).isEqualTo(new ReplicaSetDecision.Paused());
    assertThat(
            Conditions.isTrue(
                ReplicaSetStatusProjector.project(facts, new ReplicaSetDecision.Paused(), null)
                    .conditions(),
                "ReplicaPaused"))
        .isTrue();
  }

  @Test
  void theStatusCountsAndSaysWhatIsSelected() {
    VirtualMachineInstanceReplicaSetStatus status =
        ReplicaSetStatusProjector.project(
            facts(
                "replicas: 3",
                vmi("a", "Running", true, 1),
                vmi("b", "Scheduling", false, 2),
                vmi("c", "Failed", false, 3)),
            new ReplicaSetDecision.Keep(),
            "quota");
    assertThat(status.replicas()).isEqualTo(2);
    assertThat(status.readyReplicas()).isEqualTo(1);
    assertThat(status.labelSelector()).isEqualTo("a=1,b=2");
    assertThat(Conditions.isTrue(status.conditions(), "ReplicaFailure")).isTrue();
  }
}
