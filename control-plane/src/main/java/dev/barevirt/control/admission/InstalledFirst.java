package dev.barevirt.control.admission;

/**
 * Lets users make what an installation runs only while there is one: without it nobody would run
 * it, nor let go of it when it is deleted.
 */
final class InstalledFirst {
  private final Cluster cluster;
  private final ServiceAccounts accounts;

  InstalledFirst(Cluster cluster, ServiceAccounts accounts) {
    this.cluster = cluster;
    this.accounts = accounts;
  }

  /** The hook, which is asked while there is an installation. */
  Hook before(Hook hook) {
    return review ->
        review.operation() == Review.Operation.CREATE
                && !accounts.contains(review.user())
                && !cluster.isInstalled()
            ? Verdict.forbidden(
                "there is no KubeVirt object, or it is being deleted: nothing would run this;"
                    + " create a KubeVirt object first")
            : hook.judge(review);
  }
}
