package dev.barevirt.launcher.cli.spec;

import dev.barevirt.api.core.LocalObjectReference;
import dev.barevirt.api.v1.source.CloudInit;
import dev.barevirt.api.v1.source.PersistentVolumeClaim;
import dev.barevirt.api.v1.source.Sysprep;
import dev.barevirt.api.v1.source.Volume;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of a cluster that volumes name: claims, secrets, config maps. */
public final class VolumeObjects {
  private VolumeObjects() {}

  /** The object a volume needs from a cluster, if it needs one. */
  static Optional<String> of(Volume volume) {
    Volume.Ephemeral ephemeral = volume.ephemeral();
    PersistentVolumeClaim claim =
        ephemeral != null ? ephemeral.persistentVolumeClaim() : volume.persistentVolumeClaim();
    if (claim != null) {
      return named(claim.claimName());
    }
    return volume.dataVolume() != null ? named(volume.dataVolume().name()) : files(volume);
  }

  /** The object whose keys become files, if the volume has one. */
  public static Optional<String> files(Volume volume) {
    if (volume.configMap() != null) {
      return named(volume.configMap().name());
    }
    if (volume.secret() != null) {
      return named(volume.secret().secretName());
    }
    if (volume.serviceAccount() != null) {
      return named(volume.serviceAccount().serviceAccountName());
    }
    if (volume.downwardAPI() != null) {
      return Optional.of(volume.name());
    }
    Sysprep sysprep = volume.sysprep();
    if (sysprep != null) {
      return reference(sysprep.secret()).or(() -> reference(sysprep.configMap()));
    }
    return cloudInit(volume.cloudInitNoCloud()).or(() -> cloudInit(volume.cloudInitConfigDrive()));
  }

  private static Optional<String> cloudInit(@Nullable CloudInit source) {
    return source == null
        ? Optional.empty()
        : reference(source.secretRef()).or(() -> reference(source.networkDataSecretRef()));
  }

  private static Optional<String> reference(@Nullable LocalObjectReference object) {
    return object == null ? Optional.empty() : named(object.name());
  }

  private static Optional<String> named(@Nullable String name) {
    return Optional.ofNullable(name).filter(text -> !text.isEmpty());
  }
}
