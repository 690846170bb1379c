package dev.barevirt.api.v1.source;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the contents of a disk or file system come from: exactly one source. */
public record Volume(
    @Doc("Its name, which disks and file systems use.") @Required String name,
    @Doc("A file of the node.") @Nullable HostDisk hostDisk,
    @Doc("A claim for storage.") @Nullable PersistentVolumeClaim persistentVolumeClaim,
    @Doc("First-boot configuration, the plain way.") @Nullable CloudInit cloudInitNoCloud,
    @Doc("First-boot configuration, the OpenStack way.") @Nullable CloudInit cloudInitConfigDrive,
    @Doc("Answers for the Windows installer.") @Nullable Sysprep sysprep,
    @Doc("A disk image in a container image; written data is lost with the instance.")
        @Nullable ContainerDisk containerDisk,
    @Doc("A claim that is read only; written data is lost with the instance.")
        @Nullable Ephemeral ephemeral,
    @Doc("An empty disk that is lost with the instance.") @Nullable EmptyDisk emptyDisk,
    @Doc("A data volume.") @Nullable DataVolume dataVolume,
    @Doc("The entries of a config map as files.") @Nullable ConfigMap configMap,
    @Doc("The entries of a secret as files.") @Nullable Secret secret,
    @Doc("Facts about the pod as files.") @Nullable DownwardApi downwardAPI,
    @Doc("The credentials of a service account as files.") @Nullable ServiceAccount serviceAccount,
    @Doc("Figures of the host as a disk.") @Nullable DownwardMetrics downwardMetrics,
    @Doc("A claim that takes a dump of the guest's memory.") @Nullable MemoryDump memoryDump,
    @Doc("A directory of the launcher's container.") @Nullable ContainerPath containerPath) {
  public Volume {
    name = Frozen.orElse(name, "");
  }

  /** The same with another {@code containerDisk}. */
  public Volume withContainerDisk(@Nullable ContainerDisk containerDisk) {
    return new Volume(
        name,
        hostDisk,
        persistentVolumeClaim,
        cloudInitNoCloud,
        cloudInitConfigDrive,
        sysprep,
        containerDisk,
        ephemeral,
        emptyDisk,
        dataVolume,
        configMap,
        secret,
        downwardAPI,
        serviceAccount,
        downwardMetrics,
        memoryDump,
        containerPath);
  }

  /** A claim that is read only. */
  public record Ephemeral(
      @Doc("The claim below it.") @Nullable PersistentVolumeClaim persistentVolumeClaim) {}

  /** An empty disk. */
  public record EmptyDisk(@Doc("Its size.") @Required @Nullable Quantity capacity) {}

  /** A data volume. */
  public record DataVolume(
      @Doc("The data volume, and the claim it makes.") @Required String name,
      @Doc("Whether it can be detached while the guest runs.") @Nullable Boolean hotpluggable) {
    public DataVolume {
      name = Frozen.orElse(name, "");
    }
  }

  /** The entries of a config map as files. */
  public record ConfigMap(
      @Doc("The config map.") @Nullable String name,
      @Doc("Whether it may be missing.") @Nullable Boolean optional,
      @Doc("The label of the file system the guest sees.") @Nullable String volumeLabel) {}

  /** The entries of a secret as files. */
  public record Secret(
      @Doc("The secret.") @Nullable String secretName,
      @Doc("Whether it may be missing.") @Nullable Boolean optional,
      @Doc("The label of the file system the guest sees.") @Nullable String volumeLabel) {}

  /** Facts about the pod as files. */
  public record DownwardApi(
      @Doc("The files.") List<DownwardApiFile> fields,
      @Doc("The label of the file system the guest sees.") @Nullable String volumeLabel) {
    public DownwardApi {
      fields = Frozen.list(fields);
    }
  }

  /** The credentials of a service account as files. */
  public record ServiceAccount(@Doc("The account.") @Nullable String serviceAccountName) {}

  /** Nothing to choose. */
  public record DownwardMetrics() {
    /** Nothing said. */
    public static final DownwardMetrics EMPTY = new DownwardMetrics();
  }

  /** A claim that takes a dump of the guest's memory. */
  public record MemoryDump(
      @Doc("The claim.") @Required String claimName,
      @Doc("Whether it is mounted read only.") @Nullable Boolean readOnly,
      @Doc("Whether it can be detached while the guest runs.") @Nullable Boolean hotpluggable) {
    public MemoryDump {
      claimName = Frozen.orElse(claimName, "");
    }
  }

  /** A directory of the launcher's container. */
  public record ContainerPath(
      @Doc("The directory.") @Required String path,
      @Doc("Whether the guest cannot write.") @Nullable Boolean readOnly) {
    public ContainerPath {
      path = Frozen.orElse(path, "");
    }
  }
}
