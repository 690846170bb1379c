package dev.barevirt.agent.vmi;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.api.launcher.PodDirectory;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.domain.Firmware;
import dev.barevirt.api.v1.domain.KernelBoot;
import dev.barevirt.api.v1.source.CloudInit;
import dev.barevirt.api.v1.source.Volume;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a launcher in a pod is asked for: the instance and where its things are in the pod.
 */
final class GuestRequests {
  private GuestRequests() {}

  /**
   * The request for an instance.
   *
   * @throws GuestCallException when it uses a volume that pods do not get yet
   */
  static GuestRequest of(VirtualMachineInstance vmi, List<GivenNetwork> networks) {
    List<GivenVolume> volumes = new ArrayList<>();
    for (int i = 0; i < vmi.spec().volumes().size(); i++) {
      give(vmi.spec().volumes().get(i), FieldPath.of("spec", "volumes").index(i), volumes);
    }
    return new GuestRequest(
        GuestRequest.VERSION,
        vmi.withStatus(null),
        volumes,
        networks,
        kernel(vmi),
        List.of(),
        GuestOptions.DEFAULT.withLogSerialConsole(
            !Boolean.FALSE.equals(vmi.spec().domain().devices().logSerialConsole())));
  }

  private static void give(Volume volume, FieldPath at, List<GivenVolume> into) {
    String name = volume.name();
    if (volume.containerDisk() != null) {
      into.add(directory(name, PodDirectory.CONTAINER_DISKS.of(name)));
    } else if (volume.cloudInitNoCloud() != null) {
      secrets(name, volume.cloudInitNoCloud(), into);
    } else if (volume.cloudInitConfigDrive() != null) {
      secrets(name, volume.cloudInitConfigDrive(), into);
    } else if (volume.configMap() != null) {
      into.add(directory(name, PodDirectory.CONFIG_MAPS.of(name)));
    } else if (volume.secret() != null) {
      into.add(directory(name, PodDirectory.SECRETS.of(name)));
    } else if (volume.downwardAPI() != null) {
      into.add(directory(name, PodDirectory.DOWNWARD.of(name)));
    } else if (volume.serviceAccount() != null) {
      into.add(directory(name, PodDirectory.SERVICE_ACCOUNTS.of(name)));
    } else if (volume.sysprep() != null) {
      into.add(directory(name, PodDirectory.SYSPREP.of(name)));
    } else if (volume.emptyDisk() == null) {
      throw unsupported(at);
    }
  }

  private static void secrets(String name, CloudInit source, List<GivenVolume> into) {
    if (source.secretRef() != null) {
      into.add(directory(name, PodDirectory.CLOUD_INIT.of(name)));
    }
    if (source.networkDataSecretRef() != null) {
      into.add(
          directory(name + GivenVolume.NETWORK_DATA, PodDirectory.CLOUD_INIT_NETWORK.of(name)));
    }
  }

  private static GivenVolume directory(String name, String path) {
    return new GivenVolume(name, GivenVolume.Kind.DIRECTORY, path, null, true);
  }

  private static GuestCallException unsupported(FieldPath at) {
    return new GuestCallException(
        LauncherFault.UNSUPPORTED, at + ": volumes of this kind are not supported by this version");
  }

  private static @Nullable GivenKernel kernel(VirtualMachineInstance vmi) {
    Firmware firmware = vmi.spec().domain().firmware();
    KernelBoot boot = firmware == null ? null : firmware.kernelBoot();
    KernelBoot.Container container = boot == null ? null : boot.container();
    if (container == null) {
      return null;
    }
    String kernel = container.kernelPath();
    if (kernel == null) {
      throw new GuestCallException(
          LauncherFault.UNSUPPORTED,
          "spec.domain.firmware.kernelBoot.container.kernelPath: an image without a kernel is not"
              + " supported by this version");
    }
    return new GivenKernel(kernel, container.initrdPath(), PodDirectory.kernelBoot());
  }
}
