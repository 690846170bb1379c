package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A volume as it is. */
public record VolumeStatus(
    @Doc("Its name.") @Required String name,
    @Doc("The device in the guest.") @Required String target,
    @Doc("How far attaching is.")
        @Allowed({
          "Pending",
          "Bound",
          "AttachedToNode",
          "MountedToPod",
          "Ready",
          "Detaching",
          "UnMountedFromPod",
          "MemoryDumpInProgress",
          "MemoryDumpCompleted",
          "MemoryDumpFailed"
        })
        @Nullable String phase,
    @Doc("Why it is in its phase, in one word.") @Nullable String reason,
    @Doc("Why, for people.") @Nullable String message,
    @Doc("The claim behind it.") @Nullable PersistentVolumeClaimInfo persistentVolumeClaimInfo,
    @Doc("The pod that attached it.") @Nullable HotplugVolumeStatus hotplugVolume,
    @Doc("Its size in bytes.") @Nullable Long size,
    @Doc("The dump it took.") @Nullable MemoryDumpInfo memoryDumpVolume,
    @Doc("The container disk behind it.") @Nullable ContainerDiskInfo containerDiskVolume) {
  public VolumeStatus {
    name = Frozen.orElse(name, "");
    target = Frozen.orElse(target, "");
  }
}
