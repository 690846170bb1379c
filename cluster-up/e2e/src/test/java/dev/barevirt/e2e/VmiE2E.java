package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One instance from its creation to its end, as its user sees it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VmiE2E {
  @RegisterExtension static final Cluster CLUSTER = new Cluster();

  private static final Duration BOOT = Duration.ofMinutes(3);

  private static final String READY =
      ".status.conditions[?(@.type=='Ready')]['status','reason','message']";

  @Test
  @Order(1)
  void runsInAPodThatRestrictedNamespacesAdmit() {
    CLUSTER.kubectl(
        "label", "namespace", CLUSTER.namespace(), "pod-security.kubernetes.io/enforce=restricted");
    CLUSTER.apply(Micro.instance("micro"));
    CLUSTER.await(micro(), "the instance runs", it -> "Running".equals(phase(it)), BOOT);

    assertThat(CLUSTER.kubectl("get", "vmi", "micro", "-o", "jsonpath={" + READY + "}"))
        .isEqualToIgnoringWhitespace("True");
    assertThat(pods()).hasSize(1);
    assertThat(pods().getFirst().getSpec().getContainers()).hasSize(1);
  }

  @Test
  @Order(2)
  void isListedWithItsAddressAndNode() {
    GenericKubernetesResource ready =
        CLUSTER.await(
            micro(),
            "the instance has an address",
            it -> it.get("status", "interfaces", 0, "ipAddress") != null);

    String address = ready.get("status", "interfaces", 0, "ipAddress");
    String node = ready.get("status", "nodeName");
    assertThat(CLUSTER.kubectl("get", "vmi", "micro"))
        .contains("NAME", "AGE", "PHASE", "IP", "NODENAME", "READY")
        .contains("micro", "Running", address, node);
  }

  @Test
  @Order(3)
  void answersOnItsConsole() {
    try (Console console = Console.of(CLUSTER.client(), CLUSTER.namespace(), "micro")) {
      console.typeUntil("echo a$((6 * 7))b", "a42b");
    }
  }

  @Test
  @Order(4)
  void hasAnAddressInsideAndReachesTheCluster() {
    try (Console console = Console.of(CLUSTER.client(), CLUSTER.namespace(), "micro")) {
      console.typeUntil(
          "ip -4 address show | grep -c '10[.]0[.]2[.]2/24' | sed s/^/found:/", "found:1");
      console.typeUntil(
          "nslookup kubernetes.default.svc.cluster.local >/dev/null && echo res''olved",
          "resolved");
    }
  }

  @Test
  @Order(5)
  void leavesNothingWhenDeleted() {
    assertThat(CLUSTER.kubectl("delete", "vmi", "micro", "--timeout=60s")).contains("deleted");

    assertThat(micro().get()).isNull();
    Cluster.eventually("the pod is gone", () -> pods().isEmpty());
  }

  private static Resource<GenericKubernetesResource> micro() {
    return CLUSTER.instance("micro");
  }

  private static String phase(GenericKubernetesResource instance) {
    return instance.get("status", "phase");
  }

  private static List<Pod> pods() {
    return CLUSTER
        .client()
        .pods()
        .inNamespace(CLUSTER.namespace())
        .withLabels(Map.of("kubevirt.io", "virt-launcher"))
        .list()
        .getItems();
  }
}
