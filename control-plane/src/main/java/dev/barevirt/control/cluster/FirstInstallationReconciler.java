package dev.barevirt.control.cluster;

import dev.barevirt.api.kube.KubeVirtResource;
import dev.barevirt.control.kube.FieldWriter;
import dev.barevirt.control.kube.PatchOperation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes the installation that came with the release, once: a release can be applied in one go,
 * though the kind of the installation is only known after it. An installation that was deleted
 * stays deleted.
 */
@ControllerConfiguration(name = "first-installation")
public final class FirstInstallationReconciler implements Reconciler<ConfigMap> {
  /** The label of the config map that has the installation. */
  public static final String SELECTOR = "kubevirt.io=installation";

  private static final String DONE = "kubevirt.io/installed";
  private static final String FILE = "kubevirt.yaml";

  private final KubernetesClient client;
  private final FieldWriter writer;

  /**
   * Makes the reconciler.
   *
   * @param client talks to the API server
   * @param writer writes what is to be written
   */
  public FirstInstallationReconciler(KubernetesClient client, FieldWriter writer) {
    this.client = client;
    this.writer = writer;
  }

  @Override
  public UpdateControl<ConfigMap> reconcile(ConfigMap release, Context<ConfigMap> context)
      throws InterruptedException {
    Map<String, String> annotations =
        Objects.requireNonNullElse(release.getMetadata().getAnnotations(), Map.of());
    if (annotations.containsKey(DONE)) {
      return UpdateControl.noUpdate();
    }
    boolean isThere =
        !client.resources(KubeVirtResource.class).inAnyNamespace().list().getItems().isEmpty();
    Optional<String> installation =
        Optional.ofNullable(release.getData()).map(data -> data.get(FILE));
    if (!isThere && installation.isPresent()) {
      KubeVirtResource first =
          client.getKubernetesSerialization().unmarshal(installation.get(), KubeVirtResource.class);
      first.getMetadata().setNamespace(release.getMetadata().getNamespace());
      var _ = writer.create(first);
    }
    writer.patch(
        release,
        annotations.isEmpty()
            ? List.of(new PatchOperation.Set("/metadata/annotations", Map.of(DONE, "true")))
            : List.of(
                new PatchOperation.Set("/metadata/annotations/kubevirt.io~1installed", "true")));
    return UpdateControl.noUpdate();
  }
}
