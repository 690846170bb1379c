package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.charset.StandardCharsets;
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
              write_files:
              - path: /run/loud.py
                content: |
                  import socket
                  loud = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                  loud.bind(("", 9999))
                  while True:
                      said, peer = loud.recvfrom(999)
                      loud.sendto(said.upper(), peer)
              runcmd:
              - [systemd-run, python3, /run/loud.py]
      """;

  @Test
  void bootsItsDiskReadsItsSeedAndSwitchesOffWhenDeleted() {
    CLUSTER.apply(DEBIAN);
    CLUSTER.await(
        CLUSTER.instance("debian"),
        "the guest's agent is connected",
        DebianE2E::isAgentConnected,
        BOOT);

    assertThat(asked("GET", "guestosinfo"))
        .contains("\"hostname\":\"seeded\"")
        .contains("Debian GNU/Linux");
    assertThat(asked("GET", "userlist")).contains("\"items\":[");
    assertThat(asked("GET", "filesystemlist")).contains("\"mountPoint\":\"/\"");
    assertThat(asked("PUT", "freeze")).isEmpty();
    assertThat(asked("PUT", "unfreeze")).isEmpty();

    String address = CLUSTER.kubectl("get", "vmi", "debian", "-o", "jsonpath={" + ADDRESS + "}");
    // The guest's ssh server greets whoever connects through the pod's address.
    String greeting = "exec 3<>/dev/tcp/%s/22; head -n 1 <&3".formatted(address);
    for (String node : Cluster.cli("nodes").lines().toList()) {
      assertThat(Cluster.cli("ssh", node, "--", "bash", "-c", greeting)).startsWith("SSH-2.0-");
    }
    answersDatagrams();

    CLUSTER.kubectl("delete", "vmi", "debian", "--timeout=180s");
    assertThat(CLUSTER.kubectl("get", "events", "-o", "custom-columns=R:.reason,M:.message"))
        .contains("Stopped");
  }

  /** What a subresource answers; a body is sent as clients do that have nothing to say. */
  private static String asked(String method, String what) {
    String path =
        "/apis/subresources.kubevirt.io/v1/namespaces/%s/virtualmachineinstances/debian/%s"
            .formatted(CLUSTER.namespace(), what);
    return method.equals("GET")
        ? CLUSTER.client().raw(path)
        : CLUSTER.client().raw(path, method, Map.of());
  }

  /** Datagrams are lost until the guest listens, as datagrams are. */
  private static void answersDatagrams() {
    try (GuestStream port =
        GuestStream.of(CLUSTER.client(), CLUSTER.namespace(), "debian", "portforward/9999/udp")) {
      Cluster.eventually(
          "a datagram is answered",
          () -> {
            port.send("loud\n".getBytes(StandardCharsets.US_ASCII));
            return new String(port.all(), StandardCharsets.US_ASCII).startsWith("LOUD\n");
          });
    }
  }

  private static boolean isAgentConnected(GenericKubernetesResource instance) {
    List<Map<String, Object>> conditions = instance.get("status", "conditions");
    return conditions != null
        && conditions.stream()
            .anyMatch(
                it -> "AgentConnected".equals(it.get("type")) && "True".equals(it.get("status")));
  }
}
