package dev.barevirt.control.replicaset;

import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.v1.VirtualMachineInstanceReplicaSet;
import dev.barevirt.api.v1.VirtualMachineInstanceTemplateSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An instance of a replica set, as plain values; the API server completes its name. */
final class ReplicaTemplate {
  private ReplicaTemplate() {}

  static Map<String, Object> render(VirtualMachineInstanceReplicaSet set) {
    VirtualMachineInstanceTemplateSpec template =
        Optional.ofNullable(set.spec().template()).orElse(VirtualMachineInstanceTemplateSpec.EMPTY);
    ObjectMeta owner = set.metadata();
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("generateName", owner.name() + "-");
    metadata.put("namespace", String.valueOf(owner.namespace()));
    metadata.put("labels", template.metadata().labels());
    metadata.put("annotations", template.metadata().annotations());
    metadata.put("finalizers", List.of("kubevirt.io/foregroundDeleteVirtualMachine"));
    metadata.put(
        "ownerReferences",
        List.of(
            Map.of(
                "apiVersion",
                "kubevirt.io/v1",
                "kind",
                "VirtualMachineInstanceReplicaSet",
                "name",
                String.valueOf(owner.name()),
                "uid",
                String.valueOf(owner.uid()),
                "controller",
                true,
                "blockOwnerDeletion",
                true)));
    Map<String, Object> vmi = new LinkedHashMap<>();
    vmi.put("apiVersion", "kubevirt.io/v1");
    vmi.put("kind", "VirtualMachineInstance");
    vmi.put("metadata", metadata);
    vmi.put("spec", RecordWriter.plain(template.spec()));
    return vmi;
  }
}
