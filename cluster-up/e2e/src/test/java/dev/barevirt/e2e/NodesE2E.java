package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NodesE2E {
  @RegisterExtension static final Cluster CLUSTER = new Cluster();

  @Test
  void areTwoAndReady() {
    List<Node> nodes = CLUSTER.client().nodes().list().getItems();
    assertThat(nodes).hasSizeGreaterThanOrEqualTo(2);
    assertThat(nodes)
        .allSatisfy(
            node ->
                assertThat(node.getStatus().getConditions())
                    .anyMatch(it -> it.getType().equals("Ready") && it.getStatus().equals("True")));
    assertThat(Cluster.cli("nodes").lines())
        .containsExactlyInAnyOrderElementsOf(
            nodes.stream().map(node -> node.getMetadata().getName()).toList());
  }

  @Test
  void haveRangesOfBothFamilies() {
    assertThat(CLUSTER.client().nodes().list().getItems())
        .allSatisfy(
            node ->
                assertThat(node.getSpec().getPodCIDRs())
                    .hasSize(2)
                    .anyMatch(range -> range.contains("."))
                    .anyMatch(range -> range.contains(":")));
  }

  @Test
  void areReachedByName() {
    String node = Cluster.cli("nodes").lines().findFirst().orElseThrow();
    assertThat(Cluster.cli("ssh", node, "--", "hostname")).isEqualTo(node);
    assertThat(Cluster.cli("logs", node, "kubelet")).contains("Started kubelet");
  }

  @Test
  void areNamedWhenOneIsAskedForThatIsNot() {
    Command.Outcome outcome =
        Command.of(Cluster.CLUSTER_UP.resolve("cli.sh").toString(), "ssh", "node99").run();
    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.output()).contains("has no node 'node99'").contains("node01");
  }

  @Test
  void stayAsTheyAreWhenTheClusterIsStartedAgain() {
    List<String> before = bootIds();
    assertThat(Command.of(Cluster.CLUSTER_UP.resolve("up").toString()).output())
        .contains("is up, nothing to do");
    assertThat(bootIds()).isEqualTo(before);
  }

  /** When the first process of each node was started. */
  private static List<String> bootIds() {
    return Cluster.cli("nodes")
        .lines()
        .map(node -> Cluster.cli("ssh", node, "--", "stat", "-c", "%Y", "/proc/1"))
        .toList();
  }
}
