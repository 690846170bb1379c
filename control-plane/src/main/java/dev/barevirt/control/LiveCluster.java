package dev.barevirt.control;

import static java.util.Objects.requireNonNull;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.kube.KubeVirtResource;
import dev.barevirt.api.kube.VirtualMachineInstanceReplicaSetResource;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.kube.VirtualMachineResource;
import dev.barevirt.api.rules.ClusterSettings;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.control.admission.Cluster;
import dev.barevirt.control.patch.JsonPatch;
import dev.barevirt.control.subresource.Subresources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the API's role knows of the cluster: what changes seldom is followed, the rest is asked. */
final class LiveCluster implements Cluster, Subresources.Installation, AutoCloseable {
  private static final String DRAIN = "kubevirt.io/drain";

  private final KubernetesClient client;
  private final SharedIndexInformer<KubeVirtResource> installations;
  private final SharedIndexInformer<Pod> agents;

  private LiveCluster(
      KubernetesClient client,
      SharedIndexInformer<KubeVirtResource> installations,
      SharedIndexInformer<Pod> agents) {
    this.client = client;
    this.installations = installations;
    this.agents = agents;
  }

  /** Follows what is in the namespace of the control plane. */
  static LiveCluster follow(KubernetesClient client, String namespace) {
    return new LiveCluster(
        client,
        client
            .resources(KubeVirtResource.class)
            .inNamespace(namespace)
            .inform(new Unheard<KubeVirtResource>()),
        client
            .pods()
            .inNamespace(namespace)
            .withLabel("kubevirt.io", "virt-handler")
            .inform(new Unheard<Pod>()));
  }

  /** The informer keeps what it hears; nobody needs to be told. */
  private static final class Unheard<T> implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T added) {}

    @Override
    public void onUpdate(T before, T after) {}

    @Override
    public void onDelete(T deleted, boolean finalStateUnknown) {}
  }

  private Optional<KubeVirtResource> installation() {
    return installations.getStore().list().stream()
        .min(
            Comparator.comparing(
                found -> String.valueOf(found.getMetadata().getCreationTimestamp())));
  }

  @Override
  public ClusterSettings settings() {
    return installation()
        .flatMap(found -> Optional.ofNullable(found.getSpec().configuration()))
        .map(ClusterSettings::of)
        .orElse(ClusterSettings.DEFAULT);
  }

  @Override
  public String configurationVersion() {
    return installation().map(found -> found.getMetadata().getResourceVersion()).orElse("");
  }

  @Override
  public Set<ClusterSettings.FeatureGate> openGates() {
    return settings().featureGates();
  }

  @Override
  public String drainTaint() {
    return installation()
        .flatMap(found -> Optional.ofNullable(found.getSpec().configuration()))
        .flatMap(set -> Optional.ofNullable(set.migrations()))
        .flatMap(set -> Optional.ofNullable(set.nodeDrainTaintKey()))
        .filter(key -> !key.isEmpty())
        .orElse(DRAIN);
  }

  /** The address of the agent on a node. */
  Optional<String> agentOn(String node) {
    return agents.getStore().list().stream()
        .filter(pod -> node.equals(pod.getSpec().getNodeName()))
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .flatMap(pod -> Optional.ofNullable(pod.getStatus()).stream())
        .flatMap(status -> Optional.ofNullable(status.getPodIP()).stream())
        .findFirst();
  }

  @Override
  public Optional<VirtualMachineInstance> instance(String namespace, String name) {
    return Optional.ofNullable(
            client
                .resources(VirtualMachineInstanceResource.class)
                .inNamespace(namespace)
                .withName(name)
                .get())
        .map(found -> client.getKubernetesSerialization().asJson(found))
        .map(json -> RecordReader.LENIENT.read(VirtualMachineInstance.class, json).orThrow());
  }

  @Override
  public boolean hasInstallation() {
    return isThere(KubeVirtResource.class);
  }

  @Override
  public boolean isInstalled() {
    // What has come just now may not have been heard of.
    return isInstalled(installations.getStore().list())
        || isInstalled(client.resources(KubeVirtResource.class).inAnyNamespace().list().getItems());
  }

  private static boolean isInstalled(List<KubeVirtResource> installations) {
    return installations.stream()
        .anyMatch(found -> found.getMetadata().getDeletionTimestamp() == null);
  }

  @Override
  public Optional<Launcher> launcher(String namespace, String pod) {
    return Optional.ofNullable(client.pods().inNamespace(namespace).withName(pod).get())
        .filter(found -> "virt-launcher".equals(found.getMetadata().getLabels().get("kubevirt.io")))
        .flatMap(LiveCluster::launcher);
  }

  private static Optional<Launcher> launcher(Pod pod) {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(owner -> owner.getKind().equals("VirtualMachineInstance"))
        .findFirst()
        .map(
            owner ->
                new Launcher(
                    owner.getUid(),
                    owner.getName(),
                    Objects.requireNonNullElse(pod.getSpec().getNodeName(), ""),
                    "Succeeded".equals(phase) || "Failed".equals(phase)));
  }

  @Override
  public void evacuate(VirtualMachineInstance vmi) {
    JsonPatch patch = new JsonPatch();
    patch.test("/metadata/uid", vmi.metadata().uid());
    patch.add(
        "/status/evacuationNodeName", String.valueOf(requireNonNull(vmi.status()).nodeName()));
    client
        .resources(VirtualMachineInstanceResource.class)
        .inNamespace(vmi.metadata().namespace())
        .withName(vmi.metadata().name())
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager("virt-api")
                .build(),
            patch.toJson());
  }

  @Override
  public boolean hasWorkloads() {
    return isThere(VirtualMachineResource.class)
        || isThere(VirtualMachineInstanceResource.class)
        || isThere(VirtualMachineInstanceReplicaSetResource.class);
  }

  private boolean isThere(Class<? extends HasMetadata> type) {
    return !client
        .resources(type)
        .inAnyNamespace()
        .list(new ListOptionsBuilder().withLimit(1L).build())
        .getItems()
        .isEmpty();
  }

  @Override
  public void close() {
    installations.close();
    agents.close();
  }
}
