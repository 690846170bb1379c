package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.source.Volume;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the contents of volumes come from. Host and launcher have resolved and prepared each before
 * the machine is built, so nothing of it is in the machine, and a device whose volume is not there
 * is refused by the device's mapper; here only two volumes of one name are.
 */
final class VolumesMapper implements DeviceMapper {
  private static final Set<String> CLOUD_INIT =
      Set.of(
          "secretRef.name",
          "userDataBase64",
          "userData",
          "networkDataSecretRef.name",
          "networkDataBase64",
          "networkData");

  private static final List<String> SOURCES =
      List.of(
          "name",
          "hostDisk.path",
          "hostDisk.type",
          "hostDisk.capacity",
          "hostDisk.shared",
          "persistentVolumeClaim.claimName",
          "persistentVolumeClaim.readOnly",
          "persistentVolumeClaim.hotpluggable",
          "dataVolume.name",
          "dataVolume.hotpluggable",
          "ephemeral.persistentVolumeClaim.claimName",
          "ephemeral.persistentVolumeClaim.readOnly",
          "ephemeral.persistentVolumeClaim.hotpluggable",
          "containerDisk.image",
          "containerDisk.path",
          "containerDisk.imagePullPolicy",
          "containerDisk.imagePullSecret",
          "emptyDisk.capacity",
          "sysprep.secret.name",
          "sysprep.configMap.name",
          "configMap.name",
          "configMap.optional",
          "configMap.volumeLabel",
          "secret.secretName",
          "secret.optional",
          "secret.volumeLabel",
          "serviceAccount.serviceAccountName",
          "downwardAPI.volumeLabel",
          "downwardAPI.fields[].path",
          "downwardAPI.fields[].mode",
          "downwardAPI.fields[].fieldRef.apiVersion",
          "downwardAPI.fields[].fieldRef.fieldPath",
          "downwardAPI.fields[].resourceFieldRef.containerName",
          "downwardAPI.fields[].resourceFieldRef.resource",
          "downwardAPI.fields[].resourceFieldRef.divisor",
          "containerPath.path",
          "containerPath.readOnly",
          "downwardMetrics");

  @Override
  public Set<String> reads() {
    Set<String> paths = new TreeSet<>();
    SOURCES.forEach(field -> paths.add("volumes[]." + field));
    CLOUD_INIT.forEach(field -> paths.add("volumes[].cloudInitNoCloud." + field));
    CLOUD_INIT.forEach(field -> paths.add("volumes[].cloudInitConfigDrive." + field));
    return paths;
  }

  @Override
  public Fragment map(MachineInput in) {
    List<FragmentPart> parts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<Volume> volumes = in.vmi().spec().volumes();
    for (int i = 0; i < volumes.size(); i++) {
      if (!seen.add(volumes.get(i).name())) {
        parts.add(
            Refusal.invalid(
                "spec.volumes[" + i + "].name",
                "there is already a volume " + volumes.get(i).name()));
      }
    }
    return Fragment.of(parts);
  }
}
