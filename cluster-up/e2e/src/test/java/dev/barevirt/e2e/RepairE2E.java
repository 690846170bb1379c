package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A cluster of its own, beside the one of the other tests, that loses a node, gets it back and
 * goes. The steps are those of one life, so they have an order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RepairE2E {
  private static final String NAME = "e2e-repair";
  private static final String POD =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: disk}
      spec:
        accessModes: [ReadWriteOnce]
        volumeMode: Block
        resources: {requests: {storage: 16Mi}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: it}
      spec:
        nodeSelector: {kubernetes.io/hostname: node02}
        terminationGracePeriodSeconds: 0
        containers:
        - name: it
          image: localhost/e2e/tools:1
          command: [/busybox, sleep, "100000"]
          volumeDevices: [{name: disk, devicePath: /dev/it}]
        volumes: [{name: disk, persistentVolumeClaim: {claimName: disk}}]
      """;

  @AfterAll
  static void down() {
    cluster("down");
  }

  @Test
  @Order(1)
  void startsBesideAnother() throws Exception {
    assertThat(cluster("up")).contains(NAME + " is up");
    Path archive = Path.of("target/tools.tar");
    Command.of("scripts/tools-archive", archive.toString()).output();
    cluster("cli.sh", "load-image", archive.toString());
    Path manifest = Files.writeString(Path.of("target/repair.yaml"), POD);
    cluster("kubectl.sh", "apply", "-f", manifest.toString());
    becomesReady();
    cluster("kubectl.sh", "exec", "it", "--", "/busybox", "sh", "-c", "printf kept >/dev/it; sync");
  }

  @Test
  @Order(2)
  void repairsAKilledNodeAndKeepsItsVolumes() {
    Command.of("docker", "kill", NAME + "-node02").output();
    assertThat(cluster("up")).contains(NAME + " is up after");
    becomesReady();
    assertThat(cluster("kubectl.sh", "exec", "it", "--", "/busybox", "head", "-c", "4", "/dev/it"))
        .isEqualTo("kept");
  }

  @Test
  @Order(3)
  void repairsALostControlPlane() {
    Command.of("docker", "rm", "--force", NAME + "-node01").output();
    assertThat(cluster("up")).contains(NAME + " is up after");
    assertThat(cluster("kubectl.sh", "get", "pod", "it", "-o", "name")).isEqualTo("pod/it");
  }

  @Test
  @Order(4)
  void leavesNothing() {
    String volume =
        cluster("kubectl.sh", "get", "pvc", "disk", "-o", "jsonpath={.spec.volumeName}");
    String network =
        Command.of("docker", "network", "inspect", "-f", "{{slice .Id 0 12}}", NAME).output();
    List<String> processes =
        Command.of("docker", "top", NAME + "-node01", "-eo", "pid")
            .output()
            .lines()
            .skip(1)
            .map(String::strip)
            .toList();
    assertThat(processes).isNotEmpty();
    String addresses = Command.of("ip", "-o", "address", "show", "br-" + network).output();
    assertThat(addresses).contains("inet6");
    assertThat(Command.of("losetup", "--all").output()).contains(volume);

    // What cluster-down takes away is not only what still runs.
    Command.of("docker", "rm", "--force", NAME + "-node02").output();
    cluster("down");

    String label = "label=barevirt.cluster=" + NAME;
    assertThat(Command.of("docker", "ps", "-aq", "--filter", label).output()).isEmpty();
    assertThat(Command.of("docker", "volume", "ls", "-q", "--filter", label).output()).isEmpty();
    assertThat(Command.of("docker", "network", "ls", "-q", "--filter", label).output()).isEmpty();
    assertThat(Command.of("ip", "-o", "link").output()).doesNotContain("br-" + network);
    assertThat(Command.of("ip", "route", "show", "table", "all").output())
        .doesNotContain("br-" + network);
    assertThat(processes).noneMatch(pid -> Files.exists(Path.of("/proc", pid)));
    assertThat(Command.of("losetup", "--all").output()).doesNotContain(volume);
    assertThat(Command.of("cat", "/proc/self/mountinfo").output()).doesNotContain(NAME);
    assertThat(Command.of("find", "/sys/fs/cgroup", "-name", NAME + "-node*").output()).isEmpty();
    assertThat(cluster("down")).contains("there is no cluster '" + NAME + "'");
  }

  private static void becomesReady() {
    Cluster.eventually(
        "the pod is ready on its node",
        () -> {
          Command.Outcome outcome =
              command("kubectl.sh", "exec", "it", "--", "/busybox", "test", "-b", "/dev/it").run();
          return outcome.status() == 0;
        });
  }

  private static String cluster(String script, String... arguments) {
    return command(script, arguments).output();
  }

  private static Command command(String script, String... arguments) {
    return Command.of(Cluster.CLUSTER_UP.resolve(script).toString(), arguments)
        .with("KUBE_CLUSTER", NAME);
  }
}
