package dev.barevirt.api.rules;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields a user set that mean something to a cluster only. */
public final class NoEffectFields {
  private NoEffectFields() {}

  /** Their paths, in the order of the schema; a machine without a cluster names them once. */
  public static List<String> of(VirtualMachineInstance vmi) {
    VirtualMachineInstanceSpec spec = vmi.spec();
    Map<String, Boolean> set = new LinkedHashMap<>();
    set.put("metadata.finalizers", !vmi.metadata().finalizers().isEmpty());
    set.put("metadata.ownerReferences", !vmi.metadata().ownerReferences().isEmpty());
    set.put("spec.priorityClassName", !Words.isBlank(spec.priorityClassName()));
    set.put("spec.nodeSelector", !spec.nodeSelector().isEmpty());
    set.put("spec.affinity", spec.affinity() != null);
    set.put("spec.schedulerName", !Words.isBlank(spec.schedulerName()));
    set.put("spec.serviceAccountName", !Words.isBlank(spec.serviceAccountName()));
    set.put("spec.tolerations", !spec.tolerations().isEmpty());
    set.put("spec.topologySpreadConstraints", !spec.topologySpreadConstraints().isEmpty());
    set.put("spec.evictionStrategy", !Words.isBlank(spec.evictionStrategy()));
    set.put("spec.livenessProbe", spec.livenessProbe() != null);
    set.put("spec.readinessProbe", spec.readinessProbe() != null);
    set.put("spec.subdomain", !Words.isBlank(spec.subdomain()));
    set.put("spec.dnsPolicy", !Words.isBlank(spec.dnsPolicy()));
    set.put("spec.dnsConfig", spec.dnsConfig() != null);
    set.put("status", vmi.status() != null);
    return set.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }
}
