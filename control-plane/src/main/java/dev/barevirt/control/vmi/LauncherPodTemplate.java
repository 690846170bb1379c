package dev.barevirt.control.vmi;

import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.source.Volume;
import dev.barevirt.control.cluster.ClusterConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The pod of an instance's launcher: one container without any privilege. */
final class LauncherPodTemplate {
  private static final long USER = 107;

  /**
   * Beyond the guest's own time to shut down: for its launcher, and for the pod to be taken down.
   */
  private static final long GRACE_BEYOND_GUEST = 30;

  private static final long GRACE_OF_GUEST = 30;
  private static final String COMPUTE = "compute";
  private static final List<String> NOT_THE_PODS =
      List.of(
          "kubevirt.io/latest-observed-api-version",
          "kubevirt.io/storage-observed-api-version",
          "kubevirt.io/vm-generation");

  private LauncherPodTemplate() {}

  /**
   * Renders the pod.
   *
   * @param vmi the instance
   * @param blockClaims the claims that are block devices
   * @param automatic the limits its namespace demands
   * @param config the installation's configuration
   */
  static Pod render(
      VirtualMachineInstance vmi,
      Set<String> blockClaims,
      AutomaticLimits automatic,
      ClusterConfig config) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(VmiNames.podName(vmi.metadata()))
        .withNamespace(vmi.metadata().namespace())
        .withLabels(labels(vmi))
        .withAnnotations(annotations(vmi, config))
        .addNewOwnerReference()
        .withApiVersion("kubevirt.io/v1")
        .withKind("VirtualMachineInstance")
        .withName(vmi.metadata().name())
        .withUid(vmi.metadata().uid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .endMetadata()
        .withSpec(spec(vmi, blockClaims, automatic, config))
        .build();
  }

  private static Map<String, String> labels(VirtualMachineInstance vmi) {
    Map<String, String> labels = new TreeMap<>(vmi.metadata().labels());
    labels.remove(VmiNames.NODE_LABEL);
    labels.put(VmiNames.COMPONENT_LABEL, VmiNames.LAUNCHER);
    labels.put(VmiNames.CREATED_BY_LABEL, String.valueOf(vmi.metadata().uid()));
    labels.put("vm.kubevirt.io/name", hostname(vmi));
    labels.put("vmi.kubevirt.io/id", VmiNames.labelValue(String.valueOf(vmi.metadata().name())));
    return labels;
  }

  private static Map<String, String> annotations(VirtualMachineInstance vmi, ClusterConfig config) {
    ObjectMeta meta = vmi.metadata();
    Map<String, String> annotations = new TreeMap<>(meta.annotations());
    annotations
        .keySet()
        .removeIf(key -> key.startsWith("kubectl.kubernetes.io/") || NOT_THE_PODS.contains(key));
    annotations.put("kubevirt.io/domain", String.valueOf(meta.name()));
    annotations.put("kubectl.kubernetes.io/default-container", COMPUTE);
    annotations.put("kubevirt.io/migrationTransportUnix", "true");
    annotations.put("descheduler.alpha.kubernetes.io/request-evict-only", "");
    annotations.put(
        "kubevirt.io/memory-overhead-bytes", Long.toString(MemoryOverhead.of(vmi.spec(), config)));
    return annotations;
  }

  private static String hostname(VirtualMachineInstance vmi) {
    return Optional.ofNullable(vmi.spec().hostname())
        .filter(name -> !name.isEmpty())
        .orElseGet(() -> VmiNames.hostname(String.valueOf(vmi.metadata().name())));
  }

  private static PodSpec spec(
      VirtualMachineInstance vmi,
      Set<String> blockClaims,
      AutomaticLimits automatic,
      ClusterConfig config) {
    VirtualMachineInstanceSpec spec = vmi.spec();
    PodVolumes volumes = PodVolumes.of(spec, blockClaims);
    Optional<String> account = serviceAccount(spec);
    return new PodSpecBuilder()
        .withContainers(compute(spec, volumes, automatic, config))
        .withVolumes(volumes.volumes())
        .withImagePullSecrets(pullSecrets(volumes, config))
        .withRestartPolicy("Never")
        .withEnableServiceLinks(false)
        .withAutomountServiceAccountToken(false)
        .withServiceAccountName(account.orElse(null))
        .withHostname(hostname(vmi))
        .withSubdomain(spec.subdomain())
        .withDnsPolicy(spec.dnsPolicy())
        .withDnsConfig(PodPlacement.dns(spec).orElse(null))
        .withNodeSelector(PodPlacement.nodeSelector(spec, config))
        .withAffinity(PodPlacement.affinity(spec).orElse(null))
        .withTolerations(PodPlacement.tolerations(spec))
        .withTopologySpreadConstraints(PodPlacement.spread(spec))
        .withPriorityClassName(spec.priorityClassName())
        .withSchedulerName(spec.schedulerName())
        .withRuntimeClassName(config.runtimeClass())
        .withTerminationGracePeriodSeconds(grace(spec))
        .addNewReadinessGate("kubevirt.io/virtual-machine-unpaused")
        .withNewSecurityContext()
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withRunAsNonRoot(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .build();
  }

  private static Container compute(
      VirtualMachineInstanceSpec spec,
      PodVolumes volumes,
      AutomaticLimits automatic,
      ClusterConfig config) {
    return new ContainerBuilder()
        .withName(COMPUTE)
        .withImage(config.launcherImage())
        .withImagePullPolicy(config.imagePullPolicy())
        .withCommand("/usr/bin/launcher-pod")
        .withResources(PodResources.of(spec, automatic, config))
        .withVolumeMounts(volumes.mounts())
        .withVolumeDevices(volumes.devices())
        .withLivenessProbe(PodProbes.of(spec.livenessProbe()).orElse(null))
        .withReadinessProbe(PodProbes.of(spec.readinessProbe()).orElse(null))
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .build();
  }

  private static Optional<String> serviceAccount(VirtualMachineInstanceSpec spec) {
    return spec.volumes().stream()
        .map(Volume::serviceAccount)
        .flatMap(Stream::ofNullable)
        .map(Volume.ServiceAccount::serviceAccountName)
        .flatMap(Stream::ofNullable)
        .findFirst()
        .or(() -> Optional.ofNullable(spec.serviceAccountName()));
  }

  private static List<LocalObjectReference> pullSecrets(PodVolumes volumes, ClusterConfig config) {
    return Stream.concat(config.imagePullSecrets().stream(), volumes.pullSecrets().stream())
        .distinct()
        .map(LocalObjectReference::new)
        .toList();
  }

  private static long grace(VirtualMachineInstanceSpec spec) {
    return Optional.ofNullable(spec.terminationGracePeriodSeconds()).orElse(GRACE_OF_GUEST)
        + GRACE_BEYOND_GUEST;
  }
}
