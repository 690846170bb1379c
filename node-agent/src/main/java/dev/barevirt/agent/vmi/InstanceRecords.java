package dev.barevirt.agent.vmi;

import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.core.OwnerReference;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.v1.VirtualMachineInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the record of an instance from what a Kubernetes client handles. */
final class InstanceRecords {
  private InstanceRecords() {}

  static VirtualMachineInstance of(VirtualMachineInstanceResource resource) {
    return new VirtualMachineInstance(
        resource.getApiVersion(),
        resource.getKind(),
        metadata(resource),
        resource.getSpec(),
        resource.getStatus());
  }

  private static ObjectMeta metadata(HasMetadata resource) {
    var meta = resource.getMetadata();
    return new ObjectMeta(
        meta.getName(),
        null,
        meta.getNamespace(),
        meta.getLabels(),
        meta.getAnnotations(),
        meta.getUid(),
        meta.getResourceVersion(),
        meta.getGeneration(),
        instant(meta.getCreationTimestamp()),
        instant(meta.getDeletionTimestamp()),
        meta.getDeletionGracePeriodSeconds(),
        meta.getFinalizers(),
        meta.getOwnerReferences().stream().map(InstanceRecords::owner).toList(),
        List.of(),
        null);
  }

  private static OwnerReference owner(io.fabric8.kubernetes.api.model.OwnerReference owner) {
    return new OwnerReference(
        owner.getApiVersion(),
        owner.getKind(),
        owner.getName(),
        owner.getUid(),
        owner.getController(),
        owner.getBlockOwnerDeletion());
  }

  private static @Nullable Instant instant(@Nullable String time) {
    try {
      return time == null ? null : Instant.parse(time);
    } catch (DateTimeParseException _) {
      return null;
    }
  }
}
