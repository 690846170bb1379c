package dev.barevirt.control.admission;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.api.rules.VmiRules;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Judges instances: what is asked for, and which changes of it users may make. */
final class InstanceHooks {
  /** Labels by which this installation finds its instances. */
  private static final Set<String> RESERVED =
      Set.of(
          "kubevirt.io/created-by",
          "kubevirt.io/migrationJobUID",
          "kubevirt.io/nodeName",
          "kubevirt.io/migrationTargetNodeName",
          "kubevirt.io/schedulable",
          "kubevirt.io/install-strategy");

  private final Cluster cluster;
  private final ServiceAccounts accounts;

  InstanceHooks(Cluster cluster, ServiceAccounts accounts) {
    this.cluster = cluster;
    this.accounts = accounts;
  }

  Verdict create(Review review) {
    VirtualMachineInstance vmi = review.object(VirtualMachineInstance.class);
    if (!accounts.contains(review.user()) && !reserved(vmi).isEmpty()) {
      return reservedLabels();
    }
    return Verdict.of(VmiRules.checkInCluster(vmi, cluster.settings()));
  }

  Verdict update(Review review) {
    if (accounts.contains(review.user())) {
      return Verdict.allowed();
    }
    VirtualMachineInstance after = review.object(VirtualMachineInstance.class);
    VirtualMachineInstance before = review.old(VirtualMachineInstance.class);
    if (!after.spec().equals(before.spec())) {
      return Verdict.of(
          List.of(
              Violation.notSupported(FieldPath.of("spec"), "update of VMI object is restricted")));
    }
    return reserved(after).equals(reserved(before)) ? Verdict.allowed() : reservedLabels();
  }

  private static Verdict reservedLabels() {
    return Verdict.of(
        List.of(
            Violation.notSupported(
                FieldPath.of("metadata", "labels"),
                "modification of the following reserved kubevirt.io/ labels on a VMI object is"
                    + " prohibited: "
                    + String.join(", ", new TreeSet<>(RESERVED)))));
  }

  private static Map<String, String> reserved(VirtualMachineInstance vmi) {
    Map<String, String> reserved = new TreeMap<>(vmi.metadata().labels());
    reserved.keySet().retainAll(RESERVED);
    return reserved;
  }
}
