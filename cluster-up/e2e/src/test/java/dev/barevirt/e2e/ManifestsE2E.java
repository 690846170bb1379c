package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code make manifests} renders is what this API server takes. */
class ManifestsE2E {
  @RegisterExtension static final Cluster CLUSTER = new Cluster();

  private static final Path TREE = Objects.requireNonNull(Cluster.CLUSTER_UP.getParent());

  private static String kubectl(String... arguments) {
    return Command.of(Cluster.CLUSTER_UP.resolve("kubectl.sh").toString(), arguments).output();
  }

  @Test
  void theReleaseIsAcceptedByTheServerAsItIs() {
    Command.of(TREE.resolve("manifests/render").toString()).output();
    // What is in a namespace can only be tried in one that is there.
    kubectl(
        "apply", "--server-side", "-f", TREE.resolve("manifests/base/namespace.yaml").toString());

    List<String> objects =
        kubectl(
                "apply",
                "--server-side",
                "--force-conflicts",
                "--dry-run=server",
                "--validate=strict",
                "--output=name",
                "-f",
                TREE.resolve("target/manifests/barevirt.yaml").toString())
            .lines()
            .toList();

    assertThat(objects)
        .contains(
            "namespace/kubevirt",
            "customresourcedefinition.apiextensions.k8s.io/virtualmachines.kubevirt.io",
            "daemonset.apps/virt-handler",
            "deployment.apps/virt-controller",
            "deployment.apps/virt-api",
            "apiservice.apiregistration.k8s.io/v1.subresources.kubevirt.io");
  }
}
