package dev.barevirt.control;

import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plays scheduler, kubelet and node agent, one step at a time, for tests without nodes. */
final class FakeNode {
  private static final String NODE = "node01";

  private final KubernetesClient client;

  FakeNode(KubernetesClient client) {
    this.client = client;
  }

  /** The pod gets its node, and its launcher runs. */
  void run(Pod pod) {
    client
        .bindings()
        .inNamespace(pod.getMetadata().getNamespace())
        .resource(
            new BindingBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName())
                .endMetadata()
                .withNewTarget()
                .withKind("Node")
                .withName(NODE)
                .endTarget()
                .build())
        .create();
    // As it is with its node, which has changed it.
    client
        .resource(client.resource(pod).get())
        .editStatus(
            there ->
                new PodBuilder(there)
                    .editOrNewStatus()
                    .withPhase("Running")
                    .addNewContainerStatus()
                    .withName("compute")
                    .withImage("x")
                    .withImageID("x")
                    .withReady(true)
                    .withRestartCount(0)
                    .withNewState()
                    .withNewRunning()
                    .withStartedAt("2026-11-22T14:15:59Z")
                    .endRunning()
                    .endState()
                    .endContainerStatus()
                    .endStatus()
                    .build());
  }

  /** A condition that means nothing to a guest. */
  void murmur(Pod pod) {
    client
        .resource(client.resource(pod).get())
        .editStatus(
            there ->
                new PodBuilder(there)
                    .editOrNewStatus()
                    .addNewCondition()
                    .withType("Murmured")
                    .withStatus("True")
                    .endCondition()
                    .endStatus()
                    .build());
  }

  /** The pod is gone, whatever its grace was. */
  void remove(Pod pod) {
    client.resource(pod).withGracePeriod(0).delete();
  }

  /** The node agent tells a phase. */
  void tell(VirtualMachineInstanceResource vmi, String phase, boolean ready) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("phase", phase);
    status.put(
        "phaseTransitionTimestamps",
        List.of(Map.of("phase", phase, "phaseTransitionTimestamp", "2026-11-22T14:16:03Z")));
    status.put("conditions", List.of(Map.of("type", "Ready", "status", ready ? "True" : "False")));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("apiVersion", vmi.getApiVersion());
    fields.put("kind", vmi.getKind());
    fields.put("metadata", Map.of("name", vmi.getMetadata().getName()));
    fields.put("status", status);
    client
        .resource(vmi)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("virt-handler")
                .withForce(true)
                .build(),
            RecordWriter.toJson(fields));
  }
}
