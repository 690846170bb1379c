package dev.barevirt.control.cluster;

import dev.barevirt.api.kube.VirtualMachineInstanceReplicaSetResource;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.kube.VirtualMachineResource;
import dev.barevirt.control.kube.FieldWriter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** All that an installation runs, in every namespace; with the installation it goes. */
final class Workloads {
  /** What makes others comes before what it makes. */
  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          VirtualMachineInstanceReplicaSetResource.class,
          VirtualMachineResource.class,
          VirtualMachineInstanceResource.class);

  private final KubernetesClient client;
  private final FieldWriter writer;

  Workloads(KubernetesClient client, FieldWriter writer) {
    this.client = client;
    this.writer = writer;
  }

  /**
   * Asks for the deletion of what is left.
   *
   * @return how many there are still, those included that are on their way out
   */
  int remove() throws InterruptedException {
    int left = 0;
    for (Class<? extends HasMetadata> kind : KINDS) {
      for (HasMetadata found : client.resources(kind).inAnyNamespace().list().getItems()) {
        left++;
        if (found.getMetadata().getDeletionTimestamp() == null) {
          writer.delete(found);
        }
      }
    }
    return left;
  }
}
