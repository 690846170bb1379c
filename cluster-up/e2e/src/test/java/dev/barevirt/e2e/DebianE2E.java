package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A whole distribution from a container disk, with a seed for its cloud-init and its agent. */
class DebianE2E {
  @RegisterExtension static final Cluster CLUSTER = new Cluster();

  private static final Duration BOOT = Duration.ofMinutes(8);
  private static final String ADDRESS = ".status.interfaces[0].ipAddress";

  private static final String DEBIAN =
      """
      apiVersion: kubevirt.io/v1
      kind: VirtualMachineInstance
      metadata: {name: debian}
      spec:
        terminationGracePeriodSeconds: 120
        domain:
          memory: {guest: 512Mi}
          devices:
            disks:
            - {name: root, disk: {bus: virtio}}
            - {name: seed, disk: {bus: virtio}}
            interfaces:
            - {name: default, masquerade: {}}
        networks:
        - {name: default, pod: {}}
        volumes:
        - name: root
          containerDisk: {image: "localhost/barevirt/guest-debian:13"}
        - name: seed
          cloudInitNoCloud:
            userData: |
              #cloud-config
              hostname: seeded
      """;

  @Test
  void bootsItsDiskReadsItsSeedAndSwitchesOffWhenDeleted() {
    CLUSTER.apply(DEBIAN);
    CLUSTER.await(
        CLUSTER.instance("debian"),
        "the guest's agent is connected",
        DebianE2E::isAgentConnected,
        BOOT);

    String facts =
        CLUSTER.kubectl(
            "get",
            "--raw",
            "/apis/subresources.kubevirt.io/v1/namespaces/%s/virtualmachineinstances/debian/guestosinfo"
                .formatted(CLUSTER.namespace()));
    assertThat(facts).contains("\"hostname\":\"seeded\"").contains("Debian GNU/Linux");

    String address = CLUSTER.kubectl("get", "vmi", "debian", "-o", "jsonpath={" + ADDRESS + "}");
    // The guest's ssh server greets whoever connects through the pod's address.
    String greeting = "exec 3<>/dev/tcp/%s/22; head -n 1 <&3".formatted(address);
    for (String node : Cluster.cli("nodes").lines().toList()) {
      assertThat(Cluster.cli("ssh", node, "--", "bash", "-c", greeting)).startsWith("SSH-2.0-");
    }

    CLUSTER.kubectl("delete", "vmi", "debian", "--timeout=180s");
    assertThat(CLUSTER.kubectl("get", "events", "-o", "custom-columns=R:.reason,M:.message"))
        .contains("Stopped");
  }

  private static boolean isAgentConnected(GenericKubernetesResource instance) {
    List<Map<String, Object>> conditions = instance.get("status", "conditions");
    return conditions != null
        && conditions.stream()
            .anyMatch(
                it -> "AgentConnected".equals(it.get("type")) && "True".equals(it.get("status")));
  }
}
