package dev.barevirt.control.admission;

import dev.barevirt.api.rules.ReplicaSetRules;
import dev.barevirt.api.rules.VmRules;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstanceReplicaSet;
import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.HttpHandler;
import dev.barevirt.control.http.HttpRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/** Answers the API server's questions about writes, each kind of object at a path of its own. */
public final class AdmissionApi implements HttpHandler {
  private final Map<String, Hook> hooks;

  /**
   * The webhooks.
   *
   * @param cluster what they ask about the cluster
   * @param namespace where the control plane lives
   */
  public AdmissionApi(Cluster cluster, String namespace, Clock clock) {
    ServiceAccounts accounts = new ServiceAccounts(namespace);
    InstanceHooks instances = new InstanceHooks(cluster, accounts);
    MigrationHooks migrations = new MigrationHooks(cluster);
    InstallationHooks installations = new InstallationHooks(cluster);
    InstalledFirst installed = new InstalledFirst(cluster, accounts);
    this.hooks =
        Map.ofEntries(
            Map.entry("/virtualmachines-mutate", new MachineMutator(cluster)),
            Map.entry(
                "/virtualmachineinstances-mutate", new InstanceMutator(cluster, accounts, clock)),
            Map.entry(
                "/virtualmachines-validate",
                installed.before(
                    review ->
                        Verdict.of(
                            VmRules.checkInCluster(
                                review.object(VirtualMachine.class), cluster.settings())))),
            Map.entry(
                "/virtualmachineinstances-validate-create", installed.before(instances::create)),
            Map.entry("/virtualmachineinstances-validate-update", instances::update),
            Map.entry(
                "/virtualmachinereplicaset-validate",
                installed.before(
                    review ->
                        Verdict.of(
                            ReplicaSetRules.checkInCluster(
                                review.object(VirtualMachineInstanceReplicaSet.class),
                                cluster.settings())))),
            Map.entry(
                "/vmipreset-validate",
                _ -> Verdict.badRequest("presets are not supported by this version")),
            Map.entry("/migration-validate-create", migrations::create),
            Map.entry("/migration-validate-update", migrations::update),
            Map.entry("/pod-eviction-validate", new EvictionHook(cluster)),
            Map.entry("/status-validate", review -> status(review, accounts)),
            Map.entry("/kubevirt-validate-create", installations::create),
            Map.entry("/kubevirt-validate-update", installations::update),
            Map.entry("/kubevirt-validate-delete", installations::delete));
  }

  private static Verdict status(Review review, ServiceAccounts accounts) {
    boolean same = Objects.equals(review.object().get("status"), review.old().get("status"));
    return same || accounts.contains(review.user())
        ? Verdict.allowed()
        : Verdict.forbidden("the status is written by the installation's own processes only");
  }

  /** Whether a path is one of these. */
  public boolean has(String path) {
    return hooks.containsKey(path);
  }

  @Override
  public Answer answer(HttpRequest request) {
    Hook hook = hooks.get(request.path());
    if (hook == null) {
      return Answer.text(404, "there is no such webhook");
    }
    if (!request.method().equals("POST")) {
      return Answer.text(405, "a webhook is posted to");
    }
    Review review;
    try {
      review = Review.of(request.body().text());
    } catch (Review.UndecodableException e) {
      return Answer.text(400, String.valueOf(e.getMessage()));
    }
    return Answer.json(200, judged(hook, review).toJson(review.uid()));
  }

  private static Verdict judged(Hook hook, Review review) {
    try {
      return hook.judge(review);
    } catch (Review.UndecodableException e) {
      return Verdict.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
