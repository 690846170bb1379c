package dev.barevirt.control.vm;

import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstanceTemplateSpec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The instance a machine has when it runs, as plain values. */
final class VmiTemplate {
  private static final String VMI_FINALIZER = "kubevirt.io/foregroundDeleteVirtualMachine";

  private VmiTemplate() {}

  /**
   * Renders the instance.
   *
   * @param vm the machine
   * @param paused whether its processors wait to be started
   */
  static Map<String, Object> render(VirtualMachine vm, boolean paused) {
    VirtualMachineInstanceTemplateSpec template =
        Optional.ofNullable(vm.spec().template()).orElse(VirtualMachineInstanceTemplateSpec.EMPTY);
    Map<String, Object> spec = new LinkedHashMap<>(RecordWriter.plain(template.spec()));
    if (paused) {
      spec.put("startStrategy", "Paused");
    }
    keepIdentity(spec, vm.metadata());

    Map<String, Object> vmi = new LinkedHashMap<>();
    vmi.put("apiVersion", "kubevirt.io/v1");
    vmi.put("kind", "VirtualMachineInstance");
    vmi.put("metadata", metadata(vm.metadata(), template.metadata()));
    vmi.put("spec", spec);
    return vmi;
  }

  private static Map<String, Object> metadata(ObjectMeta vm, ObjectMeta template) {
    Map<String, String> annotations = new TreeMap<>(template.annotations());
    annotations.put(VmStatusProjector.GENERATION_ANNOTATION, String.valueOf(vm.generation()));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", String.valueOf(vm.name()));
    metadata.put("namespace", String.valueOf(vm.namespace()));
    metadata.put("labels", template.labels());
    metadata.put("annotations", annotations);
    metadata.put("finalizers", List.of(VMI_FINALIZER));
    metadata.put("ownerReferences", List.of(owner(vm)));
    return metadata;
  }

  /** The machine as the owner of what is made for it. */
  static Map<String, Object> owner(ObjectMeta vm) {
    return Map.of(
        "apiVersion",
        "kubevirt.io/v1",
        "kind",
        "VirtualMachine",
        "name",
        String.valueOf(vm.name()),
        "uid",
        String.valueOf(vm.uid()),
        "controller",
        true,
        "blockOwnerDeletion",
        true);
  }

  /** A guest whose template says no other sees the same machine each time it starts. */
  private static void keepIdentity(Map<String, Object> spec, ObjectMeta vm) {
    Map<String, Object> domain = child(spec, "domain");
    Map<String, Object> firmware = child(domain, "firmware");
    firmware.computeIfAbsent(
        "uuid",
        _ ->
            UUID.nameUUIDFromBytes(("firmware of " + vm.uid()).getBytes(StandardCharsets.UTF_8))
                .toString());
    domain.put("firmware", firmware);
    spec.put("domain", domain);
  }

  private static Map<String, Object> child(Map<String, Object> of, String name) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (of.get(name) instanceof Map<?, ?> there) {
      there.forEach((key, value) -> copy.put((String) key, value));
    }
    return copy;
  }
}
