package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node gives to an agent that runs on it as a privileged pod. */
class AgentsE2E {
  @RegisterExtension static final Cluster CLUSTER = new Cluster();

  @BeforeAll
  static void anAgentBesideAPod() {
    CLUSTER.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: watched}
        spec:
          nodeName: node01
          terminationGracePeriodSeconds: 0
          containers:
          - name: it
            image: localhost/e2e/tools:1
            command: [/busybox, sleep, "777777"]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: agent}
        spec:
          nodeName: node01
          hostPID: true
          terminationGracePeriodSeconds: 0
          containers:
          - name: it
            image: localhost/e2e/tools:1
            command: [/busybox, sleep, "100000"]
            securityContext: {privileged: true}
            volumeMounts:
            - {name: netns, mountPath: /netns, mountPropagation: HostToContainer}
            - {name: plugins, mountPath: /plugins}
          volumes:
          - {name: netns, hostPath: {path: /var/run/netns, type: Directory}}
          - {name: plugins, hostPath: {path: /var/lib/kubelet/device-plugins, type: Directory}}
        """);
    CLUSTER.awaitReady("watched");
    CLUSTER.awaitReady("agent");
  }

  @Test
  void aProcessIsKnownByThePodOfItsCgroup() {
    String uid =
        CLUSTER
            .client()
            .pods()
            .inNamespace(CLUSTER.namespace())
            .withName("watched")
            .get()
            .getMetadata()
            .getUid();
    assertThat(inAgent("cat /proc/$watched/cgroup")).contains("/pod" + uid + "/");
  }

  @Test
  void thePodsNetworkIsEntered() {
    String address =
        CLUSTER
            .client()
            .pods()
            .inNamespace(CLUSTER.namespace())
            .withName("watched")
            .get()
            .getStatus()
            .getPodIP();
    assertThat(inAgent("nsenter -t $watched -n /busybox ip address")).contains(address);
    assertThat(inAgent("ls /netns")).contains("cni-");
  }

  @Test
  void theKubeletTakesDevicePlugins() {
    assertThat(inAgent("test -S /plugins/kubelet.sock && echo socket")).isEqualTo("socket");
  }

  /** Runs a script in which {@code $watched} is the process of the other pod. */
  private static String inAgent(String script) {
    return CLUSTER.exec(
        "agent",
        "/busybox",
        "sh",
        "-c",
        """
        for process in /proc/[0-9]*; do
          [ "$(tr '\\0' ' ' <$process/cmdline 2>/dev/null)" != '/busybox sleep 777777 ' ] || watched=${process#/proc/}
        done
        """
            + script);
  }
}
