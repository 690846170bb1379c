package dev.barevirt.control.vmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.v1.KubeVirtSpec;
import dev.barevirt.control.cluster.ClusterConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LauncherPodTemplateTest {
  private static final String FULL =
      """
      architecture: amd64
      hostname: web
      subdomain: site
      priorityClassName: high
      schedulerName: mine
      terminationGracePeriodSeconds: 60
      nodeSelector: {disk: fast}
      tolerations: [{key: gpu, operator: Exists}]
      dnsPolicy: None
      dnsConfig: {nameservers: [192.0.2.1]}
      readinessProbe: {tcpSocket: {port: 22}, initialDelaySeconds: 5}
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
            - matchExpressions: [{key: zone, operator: In, values: [a]}]
      domain:
        cpu: {cores: 2, model: host-model, features: [{name: aes}, {name: x, policy: disable}]}
        memory: {guest: 1Gi}
        machine: {type: q35}
        devices: {}
        firmware:
          kernelBoot:
            container:
              {image: registry.example/kernel:1, imagePullSecret: puller, kernelPath: /vmlinuz}
      volumes:
      - {name: root, containerDisk: {image: "registry.example/disk:1", imagePullPolicy: Always}}
      - {name: data, persistentVolumeClaim: {claimName: data-claim}}
      - {name: raw, dataVolume: {name: raw-claim}}
      - {name: settings, configMap: {name: settings-map}}
      - name: seed
        cloudInitNoCloud: {secretRef: {name: user}, networkDataSecretRef: {name: net}}
      - {name: private, secret: {secretName: keys}}
      """;

  private static Pod render(String spec) {
    return LauncherPodTemplate.render(
        Vmis.withSpec(spec), Set.of("raw-claim"), AutomaticLimits.NONE, Vmis.CONFIG);
  }

  private static Container compute(Pod pod) {
    return pod.getSpec().getContainers().getFirst();
  }

  @Test
  void aPlainInstancesPodIsThatOfTheGolden() throws IOException {
    Pod pod =
        LauncherPodTemplate.render(
            Vmis.of(
                """
                labels: {kubevirt.io/vm: sample, kubevirt.io/nodeName: forged}
                annotations:
                  kubevirt.io/vm-generation: "1"
                  kubectl.kubernetes.io/last-applied-configuration: x
                  note: kept
                """,
                "domain: {devices: {}, memory: {guest: 128Mi}}\nterminationGracePeriodSeconds: 0",
                ""),
            Set.of(),
            AutomaticLimits.NONE,
            Vmis.CONFIG);
    try (InputStream golden = getClass().getResourceAsStream("/vmi/plain-pod.yaml")) {
      assertThat(golden).isNotNull();
      assertThat(Serialization.asYaml(pod))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void volumesAreWhereTheLauncherLooks() {
    Pod pod = render(FULL);
    assertThat(compute(pod).getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .containsExactly(
            "/tmp",
            "/var/run/kubevirt-private",
            "/var/run/kubevirt/container-disks/root",
            "/var/run/kubevirt-private/vmi-disks/data",
            "/var/run/kubevirt-private/config-map/settings",
            "/var/run/kubevirt-private/cloud-init/seed",
            "/var/run/kubevirt-private/secret/private",
            "/var/run/kubevirt/container-disks/kernel-boot");
    assertThat(compute(pod).getVolumeDevices())
        .singleElement()
        .satisfies(device -> assertThat(device.getDevicePath()).isEqualTo("/dev/raw"));
    assertThat(pod.getSpec().getVolumes())
        .extracting(io.fabric8.kubernetes.api.model.Volume::getName)
        .as("the user's volumes keep their names")
        .containsExactly(
            "root",
            "data",
            "raw",
            "settings",
            "seed",
            "private",
            "kernel-boot",
            "private-1",
            "tmp");
    assertThat(pod.getSpec().getVolumes().getFirst().getImage().getPullPolicy())
        .isEqualTo("Always");
    assertThat(pod.getSpec().getImagePullSecrets())
        .extracting(LocalObjectReference::getName)
        .containsExactly("puller");
  }

  @Test
  void placementIsTheUsersAndTheHardwares() {
    Pod pod = render(FULL);
    assertThat(pod.getSpec().getNodeSelector())
        .containsOnly(
            entry("disk", "fast"),
            entry("kubevirt.io/schedulable", "true"),
            entry("kubernetes.io/arch", "amd64"),
            entry("machine-type.node.kubevirt.io/q35", "true"),
            entry("cpu-feature.node.kubevirt.io/aes", "true"));
    assertThat(Serialization.asJson(pod.getSpec().getAffinity()))
        .contains("\"zone\"")
        .contains("node-labeller.kubevirt.io/obsolete-host-model");
    assertThat(pod.getSpec().getTolerations().getFirst().getKey()).isEqualTo("gpu");
    assertThat(pod.getSpec().getPriorityClassName()).isEqualTo("high");
    assertThat(pod.getSpec().getSchedulerName()).isEqualTo("mine");
    assertThat(pod.getSpec().getHostname()).isEqualTo("web");
    assertThat(pod.getSpec().getSubdomain()).isEqualTo("site");
    assertThat(pod.getSpec().getDnsConfig().getNameservers()).containsExactly("192.0.2.1");
    assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(90);
    assertThat(compute(pod).getReadinessProbe().getTcpSocket().getPort().getIntVal()).isEqualTo(22);
  }

  @Test
  void aNamedModelNeedsANodeThatHasIt() {
    assertThat(render("domain: {devices: {}, cpu: {model: Penryn}}").getSpec().getNodeSelector())
        .containsEntry("cpu-model.node.kubevirt.io/Penryn", "true");
  }

  @Test
  void resourcesAreTheUsersPlusTheOverhead() {
    Map<String, Quantity> requests =
        compute(
                render(
                    """
                    domain:
                      devices: {}
                      cpu: {cores: 4}
                      resources:
                        requests: {memory: 1Gi}
                        limits: {memory: 2Gi, cpu: "4"}
                    """))
            .getResources()
            .getRequests();
    // 60 + 50 + 4 * 8 + 8 + 2 of page tables + 16 of a display, beside the guest's 1 Gi
    assertThat(requests.get("memory")).isEqualTo(new Quantity((1024 + 168) + "Mi"));
    assertThat(requests.get("cpu")).isEqualTo(new Quantity("400m"));
    assertThat(requests.get("devices.kubevirt.io/launcher-link")).isEqualTo(new Quantity("1"));
    assertThat(requests.get("devices.kubevirt.io/kvm")).isEqualTo(new Quantity("1"));
  }

  @Test
  void emulationNeedsNoDeviceButMemoryForTranslatedCode() {
    ClusterConfig emulated =
        ClusterConfig.of(
            "x",
            Serialization.unmarshal(
                    "{\"spec\":{\"configuration\":{\"developerConfiguration\":{\"useEmulation\":true}}}}",
                    dev.barevirt.api.kube.KubeVirtResource.class)
                .getSpec());
    String spec = "domain: {devices: {autoattachGraphicsDevice: false}, memory: {guest: 128Mi}}";
    Pod pod =
        LauncherPodTemplate.render(Vmis.withSpec(spec), Set.of(), AutomaticLimits.NONE, emulated);
    assertThat(compute(pod).getResources().getRequests())
        .doesNotContainKey("devices.kubevirt.io/kvm");
    assertThat(
            MemoryOverhead.of(Vmis.withSpec(spec).spec(), emulated)
                - MemoryOverhead.of(
                    Vmis.withSpec(spec).spec(), ClusterConfig.of("x", KubeVirtSpec.EMPTY)))
        .isEqualTo(32L << 20);
  }

  @Test
  void theNameFollowsFromTheInstanceAlone() {
    ObjectMeta meta = Vmis.withSpec("domain: {devices: {}}").metadata();
    assertThat(VmiNames.podName(meta))
        .isEqualTo(VmiNames.podName(meta))
        .matches("virt-launcher-sample-[a-z0-9]{5}")
        .isNotEqualTo(VmiNames.podName(meta.withUid("another")));
    assertThat(VmiNames.podName(meta.withName("n".repeat(253)))).hasSize(253);
    assertThat(VmiNames.hostname("Web-.example")).isEqualTo("web");
    assertThat(VmiNames.labelValue("n".repeat(100))).hasSize(63);
  }
}
