package dev.barevirt.agent.vmi;

import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/**
 * Writes the node's part of statuses, by server-side apply under a field manager of its own. An
 * object that was deleted or made anew in the meantime is left alone: its unique id is part of what
 * is applied.
 */
final class VmiStatusWriter {
  private static final String FIELD_MANAGER = "virt-handler";

  /** Virtual threads know no limit, an API server does. */
  private static final int AT_ONCE = 8;

  private static final ResourceDefinitionContext INSTANCES =
      new ResourceDefinitionContext.Builder()
          .withGroup("kubevirt.io")
          .withVersion("v1")
          .withKind("VirtualMachineInstance")
          .withPlural("virtualmachineinstances")
          .withNamespaced(true)
          .build();
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FIELD_MANAGER)
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final Semaphore places = new Semaphore(AT_ONCE);

  VmiStatusWriter(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Applies a status.
   *
   * @return the object's version after that
   */
  String write(VirtualMachineInstanceResource instance, OwnedStatus status)
      throws InterruptedException {
    GenericKubernetesResource applied = new GenericKubernetesResource();
    applied.setApiVersion(instance.getApiVersion());
    applied.setKind(instance.getKind());
    applied.setMetadata(
        new ObjectMetaBuilder()
            .withName(instance.getMetadata().getName())
            .withNamespace(instance.getMetadata().getNamespace())
            .withUid(instance.getMetadata().getUid())
            .build());
    applied.setAdditionalProperty("status", RecordWriter.plain(status));
    places.acquire();
    try {
      return client
          .genericKubernetesResources(INSTANCES)
          .inNamespace(instance.getMetadata().getNamespace())
          .resource(applied)
          .patch(APPLY)
          .getMetadata()
          .getResourceVersion();
    } finally {
      places.release();
    }
  }

  /** Says on a launcher's pod whether its guest's processors run. */
  void gate(PodFacts pod, boolean open, Instant now) throws InterruptedException {
    Pod applied =
        new PodBuilder()
            .withNewMetadata()
            .withName(pod.name())
            .withNamespace(pod.namespace())
            .withUid(pod.uid())
            .endMetadata()
            .withNewStatus()
            .addNewCondition()
            .withType(PodFacts.UNPAUSED)
            .withStatus(open ? "True" : "False")
            .withReason(open ? "NotPaused" : "Paused")
            .withLastTransitionTime(now.toString())
            .endCondition()
            .endStatus()
            .build();
    places.acquire();
    try {
      client.pods().resource(applied).subresource("status").patch(APPLY);
    } finally {
      places.release();
    }
  }
}
