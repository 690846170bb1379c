package dev.barevirt.control.kube;

import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.core.OwnerReference;
import dev.barevirt.api.kube.VirtualMachineInstanceReplicaSetResource;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.kube.VirtualMachineResource;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceReplicaSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects of the Kubernetes client as records, which decisions are made on. */
public final class Records {
  private Records() {}

  /** The instance as a record. */
  public static VirtualMachineInstance of(VirtualMachineInstanceResource vmi) {
    return new VirtualMachineInstance(
        vmi.getApiVersion(),
        vmi.getKind(),
        meta(vmi.getMetadata()),
        vmi.getSpec(),
        vmi.getStatus());
  }

  /** The machine as a record. */
  public static VirtualMachine of(VirtualMachineResource vm) {
    return new VirtualMachine(
        vm.getApiVersion(), vm.getKind(), meta(vm.getMetadata()), vm.getSpec(), vm.getStatus());
  }

  /** The replica set as a record. */
  public static VirtualMachineInstanceReplicaSet of(VirtualMachineInstanceReplicaSetResource set) {
    return new VirtualMachineInstanceReplicaSet(
        set.getApiVersion(),
        set.getKind(),
        meta(set.getMetadata()),
        set.getSpec(),
        set.getStatus());
  }

  private static ObjectMeta meta(io.fabric8.kubernetes.api.model.ObjectMeta meta) {
    List<OwnerReference> owners =
        meta.getOwnerReferences().stream()
            .map(
                owner ->
                    new OwnerReference(
                        owner.getApiVersion(),
                        owner.getKind(),
                        owner.getName(),
                        owner.getUid(),
                        owner.getController(),
                        owner.getBlockOwnerDeletion()))
            .toList();
    return new ObjectMeta(
        meta.getName(),
        meta.getGenerateName(),
        meta.getNamespace(),
        meta.getLabels(),
        meta.getAnnotations(),
        meta.getUid(),
        meta.getResourceVersion(),
        meta.getGeneration(),
        time(meta.getCreationTimestamp()),
        time(meta.getDeletionTimestamp()),
        meta.getDeletionGracePeriodSeconds(),
        meta.getFinalizers(),
        owners,
        List.of(),
        null);
  }

  private static @Nullable Instant time(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }
}
