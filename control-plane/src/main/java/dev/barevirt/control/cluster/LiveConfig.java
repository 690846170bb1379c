package dev.barevirt.control.cluster;

import dev.barevirt.api.kube.KubeVirtResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Comparator;
import java.util.function.Supplier;

/** The installation's configuration as it is now: a change counts from the next decision on. */
public final class LiveConfig implements Supplier<ClusterConfig>, AutoCloseable {
  private final String launcherImage;
  private final SharedIndexInformer<KubeVirtResource> installations;

  private LiveConfig(String launcherImage, SharedIndexInformer<KubeVirtResource> installations) {
    this.launcherImage = launcherImage;
    this.installations = installations;
  }

  /**
   * Follows the installations of a namespace; returns once it knows those that there are.
   *
   * @param client talks to the API server
   * @param namespace where the control plane lives
   * @param launcherImage the image launchers run from
   */
  public static LiveConfig follow(KubernetesClient client, String namespace, String launcherImage) {
    return new LiveConfig(
        launcherImage,
        client.resources(KubeVirtResource.class).inNamespace(namespace).inform(new Ignored()));
  }

  /** The informer keeps what it hears; nobody needs to be told. */
  private static final class Ignored implements ResourceEventHandler<KubeVirtResource> {
    @Override
    public void onAdd(KubeVirtResource added) {}

    @Override
    public void onUpdate(KubeVirtResource before, KubeVirtResource after) {}

    @Override
    public void onDelete(KubeVirtResource deleted, boolean finalStateUnknown) {}
  }

  /** The configuration of the oldest installation; that of none is the default. */
  @Override
  public ClusterConfig get() {
    return installations.getStore().list().stream()
        .min(
            Comparator.comparing(
                installation -> String.valueOf(installation.getMetadata().getCreationTimestamp())))
        .map(installation -> ClusterConfig.of(launcherImage, installation.getSpec()))
        .orElseGet(() -> ClusterConfig.ofDefaults(launcherImage));
  }

  @Override
  public void close() {
    installations.close();
  }
}
