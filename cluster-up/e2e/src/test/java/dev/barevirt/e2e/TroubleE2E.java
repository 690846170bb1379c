package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What does not come up says why, and comes up once that is mended. */
class TroubleE2E {
  @RegisterExtension static final Cluster CLUSTER = new Cluster();

  private static final Duration BOOT = Duration.ofMinutes(3);

  @Test
  void anImageThatIsNotThereIsNamedInTheStatus() {
    CLUSTER.apply(Micro.instance("lost").replace("guest-micro:dev", "guest-lost:dev"));
    CLUSTER.await(
        instance("lost"),
        "the status says that the image cannot be had",
        it ->
            condition(it, "Synchronized", "reason").matches("ErrImagePull|ImagePullBackOff")
                && condition(it, "Synchronized", "message").contains("guest-lost:dev"));

    assertThat(CLUSTER.kubectl("get", "events", "-o", "custom-columns=R:.reason"))
        .contains("ErrImagePull");
    CLUSTER.kubectl("delete", "vmi", "lost", "--timeout=60s");
  }

  @Test
  void aNodeThatIsWaitedForIsUsedWhenItIsThere() {
    String node = Cluster.cli("nodes").lines().findFirst().orElseThrow();
    CLUSTER.apply(
        Micro.instance("waiting")
            .replace("spec:\n", "spec:\n  nodeSelector: {e2e/wanted: here}\n"));
    CLUSTER.await(
        instance("waiting"),
        "the status says that no node fits",
        it -> condition(it, "PodScheduled", "reason").equals("Unschedulable"));

    CLUSTER.kubectl("label", "node", node, "e2e/wanted=here");
    try {
      GenericKubernetesResource running =
          CLUSTER.await(
              instance("waiting"),
              "the instance runs",
              it -> "Running".equals(it.get("status", "phase")),
              BOOT);
      assertThat((String) running.get("status", "nodeName")).isEqualTo(node);
      assertThat(condition(running, "PodScheduled", "reason")).isEmpty();
    } finally {
      CLUSTER.kubectl("label", "node", node, "e2e/wanted-");
    }
    CLUSTER.kubectl("delete", "vmi", "waiting", "--timeout=60s");
  }

  @Test
  void aFieldThatIsNotBuiltKeepsAnInstanceFromStarting() {
    CLUSTER.apply(
        Micro.instance("special")
            .replace("domain:\n", "domain:\n    memory: {hugepages: {pageSize: 2Mi}}\n"));
    CLUSTER.await(
        instance("special"),
        "the status names the field",
        it ->
            condition(it, "Synchronized", "reason").equals("Unsupported")
                && condition(it, "Synchronized", "message")
                    .contains("spec.domain.memory.hugepages"));

    assertThat(CLUSTER.kubectl("get", "pods", "-o", "name")).doesNotContain("special");
    CLUSTER.kubectl("delete", "vmi", "special", "--timeout=60s");
  }

  private static String condition(GenericKubernetesResource instance, String type, String field) {
    List<Map<String, Object>> conditions = instance.get("status", "conditions");
    return conditions == null
        ? ""
        : conditions.stream()
            .filter(it -> type.equals(it.get("type")))
            .map(it -> String.valueOf(it.getOrDefault(field, "")))
            .findFirst()
            .orElse("");
  }

  private static Resource<GenericKubernetesResource> instance(String name) {
    return CLUSTER.instance(name);
  }
}
