package dev.barevirt.control.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * Keeps what lets go of guests until they are gone: while there is an installation, a policy of the
 * API server refuses the deletion of its controllers, their rights and its definitions. Without
 * controllers nothing would ever take the finalizers from guests, and a deletion would hang.
 *
 * <p>The policy comes and goes with the installation and is not in the release, so that it is not
 * deleted together with what it keeps.
 */
final class RemovalOrder {
  private final KubernetesClient client;
  private final List<HasMetadata> policy;

  RemovalOrder(KubernetesClient client) {
    this.client = client;
    this.policy = read(client);
  }

  private static List<HasMetadata> read(KubernetesClient client) {
    try (InputStream stream = RemovalOrder.class.getResourceAsStream("removal-order.yaml")) {
      return client.load(Objects.requireNonNull(stream)).items();
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of the program cannot be read", e);
    }
  }

  /** The policy is there and as it should be. */
  void keep() {
    for (HasMetadata part : policy) {
      client
          .resource(part)
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.SERVER_SIDE_APPLY)
                  .withFieldManager("virt-controller")
                  .withForce(true)
                  .build(),
              client.getKubernetesSerialization().asJson(part));
    }
  }

  /** The policy is gone. */
  void drop() {
    policy.reversed().forEach(part -> client.resource(part).delete());
  }
}
