package dev.barevirt.control.admission;

import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.rules.VmiDefaults;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.control.patch.JsonPatch;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills in an instance when it is made, and keeps users' hands off its status, which has no
 * subresource that a role could guard.
 */
final class InstanceMutator implements Hook {
  private static final String FINALIZER = "kubevirt.io/foregroundDeleteVirtualMachine";
  private static final int RUNTIME_USER = 107;

  private final Cluster cluster;
  private final ServiceAccounts accounts;
  private final Clock clock;

  InstanceMutator(Cluster cluster, ServiceAccounts accounts, Clock clock) {
    this.cluster = cluster;
    this.accounts = accounts;
    this.clock = clock;
  }

  @Override
  public Verdict judge(Review review) {
    return switch (review.operation()) {
      case CREATE -> new Verdict.Changed(made(review));
      case UPDATE -> new Verdict.Changed(kept(review));
      case DELETE -> Verdict.allowed();
    };
  }

  private JsonPatch made(Review review) {
    VirtualMachineInstance before = review.object(VirtualMachineInstance.class);
    if (review.isIncomplete(VirtualMachineInstance.class)) {
      return new JsonPatch();
    }
    VirtualMachineInstance after =
        VmiDefaults.apply(before, cluster.settings(), UUID.randomUUID().toString());
    JsonPatch patch =
        JsonPatch.between(
            Map.of("spec", Review.map(review.object().get("spec"))),
            Map.of("spec", RecordWriter.plain(before.spec())),
            Map.of("spec", RecordWriter.plain(after.spec())));
    finalizer(before, patch);
    patch.add("/status", fresh());
    return patch;
  }

  private static void finalizer(VirtualMachineInstance vmi, JsonPatch patch) {
    if (vmi.metadata().finalizers().contains(FINALIZER)) {
      return;
    }
    List<String> finalizers = new ArrayList<>(vmi.metadata().finalizers());
    finalizers.add(FINALIZER);
    patch.add("/metadata/finalizers", finalizers);
  }

  private Map<String, Object> fresh() {
    Map<String, Object> transition = new LinkedHashMap<>();
    transition.put("phase", "Pending");
    transition.put(
        "phaseTransitionTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("phase", "Pending");
    status.put("phaseTransitionTimestamps", List.of(transition));
    status.put("runtimeUser", RUNTIME_USER);
    return status;
  }

  private JsonPatch kept(Review review) {
    JsonPatch patch = new JsonPatch();
    @Nullable Object before = review.old().get("status");
    @Nullable Object after = review.object().get("status");
    if (accounts.contains(review.user()) || Objects.equals(before, after)) {
      return patch;
    }
    if (before == null) {
      patch.remove("/status");
    } else {
      patch.add("/status", before);
    }
    return patch;
  }
}
