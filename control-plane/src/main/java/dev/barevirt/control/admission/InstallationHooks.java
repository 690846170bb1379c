package dev.barevirt.control.admission;

import dev.barevirt.api.rules.InstallationRules;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.api.v1.KubeVirt;
import java.util.List;

/** Judges installations: there is one, its configuration can be used, its guests are not lost. */
final class InstallationHooks {
  private static final String BLOCKS = "BlockUninstallIfWorkloadsExist";

  private final Cluster cluster;

  InstallationHooks(Cluster cluster) {
    this.cluster = cluster;
  }

  Verdict create(Review review) {
    if (cluster.hasInstallation()) {
      return Verdict.badRequest("Kubevirt is already created");
    }
    return judged(review);
  }

  Verdict update(Review review) {
    return judged(review);
  }

  private static Verdict judged(Review review) {
    KubeVirt installation = review.object(KubeVirt.class);
    List<Violation> causes = InstallationRules.check(installation.spec());
    return causes.isEmpty()
        ? new Verdict.Allowed(InstallationRules.warnings(installation.spec()))
        : Verdict.of(causes);
  }

  Verdict delete(Review review) {
    if (!cluster.hasWorkloads()) {
      return Verdict.allowed();
    }
    return BLOCKS.equals(review.old(KubeVirt.class).spec().uninstallStrategy())
        ? Verdict.badRequest(
            "the installation has workloads and its uninstallStrategy is %s: delete all virtual machines, instances and replica sets first, or set it to RemoveWorkloads"
                .formatted(BLOCKS))
        : new Verdict.Allowed(
            List.of(
                "all virtual machines, instances and replica sets of the cluster are deleted with the installation"));
  }
}
