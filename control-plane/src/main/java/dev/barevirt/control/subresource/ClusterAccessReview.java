package dev.barevirt.control.subresource;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Asks by a SubjectAccessReview, anew each time. */
final class ClusterAccessReview implements AccessReview {
  private final KubernetesClient client;

  ClusterAccessReview(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<String> refusal(Caller caller, Access access) {
    SubjectAccessReview review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(caller.user())
            .withUid(caller.uid().isEmpty() ? null : caller.uid())
            .withGroups(caller.groups())
            .withExtra(caller.extra())
            .withNewResourceAttributes()
            .withGroup(SubresourcePath.GROUP)
            .withVersion(access.version())
            .withNamespace(access.namespace())
            .withResource(access.resource())
            .withName(access.name())
            .withSubresource(access.subresource())
            .withVerb(access.verb())
            .endResourceAttributes()
            .endSpec()
            .build();
    var status = client.authorization().v1().subjectAccessReview().create(review).getStatus();
    if (status != null && Boolean.TRUE.equals(status.getAllowed())) {
      return Optional.empty();
    }
    String reason = status == null ? null : status.getReason();
    return Optional.of(reason == null || reason.isEmpty() ? denied(caller, access) : reason);
  }

  private static String denied(Caller caller, Access access) {
    return "%s may not %s %s/%s of %s in namespace %s"
        .formatted(
            caller.user(),
            access.verb(),
            access.resource(),
            access.subresource(),
            access.name(),
            access.namespace());
  }
}
