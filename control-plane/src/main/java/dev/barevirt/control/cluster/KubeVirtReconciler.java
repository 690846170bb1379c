package dev.barevirt.control.cluster;

import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.kube.KubeVirtResource;
import dev.barevirt.api.v1.KubeVirtSpec;
import dev.barevirt.api.v1.KubeVirtStatus;
import dev.barevirt.api.v1.cluster.CertificateRotateStrategy;
import dev.barevirt.control.kube.FieldWriter;
import dev.barevirt.control.kube.PatchOperation;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an installation's certificates, says how the installation is, and at its end takes away
 * what it runs.
 */
@ControllerConfiguration(
    name = "kubevirt",
    generationAwareEventProcessing = false,
    finalizerName = "kubevirt.io/foregroundDeleteKubeVirt")
public final class KubeVirtReconciler
    implements Reconciler<KubeVirtResource>, Cleaner<KubeVirtResource> {
  private static final List<String> DEPLOYMENTS = List.of("virt-api", "virt-controller");
  private static final String AGENTS = "virt-handler";

  /** Nothing tells that a certificate grows old or a component has come up. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private static final Duration UNSETTLED = Duration.ofSeconds(5);
  private static final Duration REMOVING = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final FieldWriter writer;
  private final CertificateKeeper certificates;
  private final TrustSpreader trust;
  private final Workloads workloads;
  private final RemovalOrder order;
  private final String namespace;
  private final String launcherImage;
  private final Clock clock;

  /**
   * Makes the reconciler.
   *
   * @param client talks to the API server
   * @param writer writes what is to be written
   * @param namespace where the control plane lives
   * @param launcherImage the image launchers run from
   * @param clock tells the time
   */
  public KubeVirtReconciler(
      KubernetesClient client,
      FieldWriter writer,
      String namespace,
      String launcherImage,
      Clock clock) {
    this.client = client;
    this.writer = writer;
    this.certificates = new CertificateKeeper(client, writer, namespace);
    this.trust = new TrustSpreader(client, writer);
    this.workloads = new Workloads(client, writer);
    this.order = new RemovalOrder(client);
    this.namespace = namespace;
    this.launcherImage = launcherImage;
    this.clock = clock;
  }

  @Override
  public UpdateControl<KubeVirtResource> reconcile(
      KubeVirtResource resource, Context<KubeVirtResource> context) throws InterruptedException {
    if (!namespace.equals(resource.getMetadata().getNamespace())) {
      return UpdateControl.noUpdate();
    }
    trust.spread(certificates.keep(CertificateLifetimes.of(rotation(resource)), clock.instant()));
    order.keep();
    Components components = components();
    report(
        resource,
        current ->
            KubeVirtStatusProjector.project(
                current, generation(resource), components, clock.instant()));
    return UpdateControl.<KubeVirtResource>noUpdate()
        .rescheduleAfter(components.isReady() ? SETTLED : UNSETTLED);
  }

  @Override
  public DeleteControl cleanup(KubeVirtResource resource, Context<KubeVirtResource> context)
      throws InterruptedException {
    if (!namespace.equals(resource.getMetadata().getNamespace())) {
      return DeleteControl.defaultDelete();
    }
    // Guests end while the installation still works: its certificates are kept until then.
    trust.spread(certificates.keep(CertificateLifetimes.of(rotation(resource)), clock.instant()));
    int left = workloads.remove();
    if (left > 0) {
      report(
          resource,
          current ->
              KubeVirtStatusProjector.removing(
                  current, generation(resource), left, clock.instant()));
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(REMOVING);
    }
    order.drop();
    return DeleteControl.defaultDelete();
  }

  private static long generation(KubeVirtResource resource) {
    return Optional.ofNullable(resource.getMetadata().getGeneration()).orElse(0L);
  }

  private static Optional<CertificateRotateStrategy> rotation(KubeVirtResource resource) {
    return Optional.ofNullable(resource.getSpec()).map(KubeVirtSpec::certificateRotateStrategy);
  }

  private Components components() {
    List<String> missing = new ArrayList<>();
    List<String> unready = new ArrayList<>();
    for (String name : DEPLOYMENTS) {
      Deployment there = client.apps().deployments().inNamespace(namespace).withName(name).get();
      if (there == null) {
        missing.add(name);
      } else if (!isReady(there)) {
        unready.add(name);
      }
    }
    DaemonSet agents = client.apps().daemonSets().inNamespace(namespace).withName(AGENTS).get();
    if (agents == null) {
      missing.add(AGENTS);
    } else if (!isReady(agents)) {
      unready.add(AGENTS);
    }
    return new Components(launcherImage, missing, unready);
  }

  private static boolean isReady(Deployment deployment) {
    return deployment.getStatus() != null
        && number(deployment.getStatus().getReadyReplicas())
            >= number(deployment.getSpec().getReplicas());
  }

  private static boolean isReady(DaemonSet agents) {
    return agents.getStatus() != null
        && number(agents.getStatus().getNumberReady())
            >= number(agents.getStatus().getDesiredNumberScheduled());
  }

  private static int number(@Nullable Integer given) {
    return given == null ? 0 : given;
  }

  private void report(KubeVirtResource resource, UnaryOperator<KubeVirtStatus> projection)
      throws InterruptedException {
    KubeVirtStatus current = Optional.ofNullable(resource.getStatus()).orElse(KubeVirtStatus.EMPTY);
    List<PatchOperation> operations =
        PatchOperation.ofStatus(
            RecordWriter.plain(current),
            RecordWriter.plain(projection.apply(current)),
            resource.getStatus() != null);
    if (!operations.isEmpty()) {
      writer.patchStatus(resource, operations);
    }
  }
}
