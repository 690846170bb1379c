package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.rules.ClusterSettings.FeatureGate;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.device.Devices;
import dev.barevirt.api.v1.device.Filesystem;
import dev.barevirt.api.v1.source.CloudInit;
import dev.barevirt.api.v1.source.Volume;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a cluster demands beyond what is true everywhere: open gates, allowed machines, sizes. */
final class ClusterRules {
  private static final int LARGEST_INLINE = 2048;

  private final ClusterSettings settings;
  private final Findings found;

  ClusterRules(ClusterSettings settings, Findings found) {
    this.settings = settings;
    this.found = found;
  }

  void check(VirtualMachineInstanceSpec spec, FieldPath at) {
    machine(spec, at.field("domain").field("machine").field("type"));
    for (int i = 0; i < spec.volumes().size(); i++) {
      volume(spec.volumes().get(i), at.field("volumes").index(i));
    }
    devices(spec.domain().devices(), spec.volumes(), at.field("domain").field("devices"));
    rarer(spec, at);
  }

  private void devices(Devices devices, List<Volume> volumes, FieldPath path) {
    gated(
        devices.downwardMetrics() != null,
        FeatureGate.DOWNWARD_METRICS,
        path.field("downwardMetrics"),
        "downwardMetrics virtio serial is not allowed: ");
    gated(
        !devices.hostDevices().isEmpty(), FeatureGate.HOST_DEVICES, path.field("hostDevices"), "");
    gated(
        Boolean.TRUE.equals(devices.autoattachVSOCK()),
        FeatureGate.VSOCK,
        path.field("autoattachVSOCK"),
        "");
    for (int i = 0; i < devices.disks().size(); i++) {
      var lun = devices.disks().get(i).lun();
      gated(
          lun != null && Boolean.TRUE.equals(lun.reservation()),
          FeatureGate.PERSISTENT_RESERVATION,
          path.field("disks").index(i).field("lun").field("reservation"),
          "");
    }
    for (int i = 0; i < devices.filesystems().size(); i++) {
      gated(
          sharesClaim(volumes, devices.filesystems().get(i)),
          FeatureGate.VIRTIOFS_STORAGE,
          path.field("filesystems").index(i),
          "");
    }
    for (int i = 0; i < devices.interfaces().size(); i++) {
      gated(
          !devices.interfaces().get(i).portRanges().isEmpty(),
          FeatureGate.PORT_RANGES,
          path.field("interfaces").index(i).field("portRanges"),
          "");
    }
  }

  private void rarer(VirtualMachineInstanceSpec spec, FieldPath at) {
    FieldPath domain = at.field("domain");
    var memory = spec.domain().memory();
    gated(
        memory != null
            && memory.reservedOverhead() != null
            && "Required".equals(memory.reservedOverhead().memLock()),
        FeatureGate.RESERVED_OVERHEAD_MEMLOCK,
        domain.field("memory").field("reservedOverhead").field("memLock"),
        "");
    var security = spec.domain().launchSecurity();
    gated(
        security != null && security.tdx() != null,
        FeatureGate.TDX,
        domain.field("launchSecurity"),
        "");
    for (int i = 0; i < spec.networks().size(); i++) {
      gated(
          spec.networks().get(i).resourceClaim() != null,
          FeatureGate.NETWORK_DEVICES_WITH_DRA,
          at.field("networks").index(i).field("resourceClaim"),
          "");
    }
    gated(
        !spec.utilityVolumes().isEmpty(),
        FeatureGate.UTILITY_VOLUMES,
        at.field("utilityVolumes"),
        "");
  }

  void annotations(ObjectMeta metadata, FieldPath at) {
    FieldPath path = at.field("annotations");
    gated(
        metadata.annotations().containsKey("kubevirt.io/ignitiondata"),
        FeatureGate.IGNITION,
        path,
        "");
    gated(
        metadata.annotations().containsKey("hooks.kubevirt.io/hookSidecars"),
        FeatureGate.SIDECAR,
        path,
        "");
  }

  private void gated(boolean used, FeatureGate gate, FieldPath path, String before) {
    if (used && !settings.featureGates().contains(gate)) {
      found.invalid(path, before + gate.wireName() + " feature gate is not enabled");
    }
  }

  private static boolean sharesClaim(List<Volume> volumes, Filesystem filesystem) {
    return volumes.stream()
        .filter(volume -> volume.name().equals(filesystem.name()))
        .anyMatch(volume -> volume.persistentVolumeClaim() != null || volume.dataVolume() != null);
  }

  private void machine(VirtualMachineInstanceSpec spec, FieldPath path) {
    String type = spec.domain().machine() == null ? "" : spec.domain().machine().type();
    boolean ours =
        Words.isBlank(spec.architecture()) || settings.architecture().equals(spec.architecture());
    boolean allowed =
        settings.machineTypes().stream()
            .map(ClusterRules::pattern)
            .anyMatch(pattern -> pattern.matcher(type).matches());
    if (!type.isEmpty() && ours && !allowed) {
      found.invalid(
          path,
          path
              + " is not supported: "
              + Words.shown(type)
              + " (allowed values: ["
              + String.join(" ", settings.machineTypes())
              + "])");
    }
  }

  private static Pattern pattern(String stars) {
    return Pattern.compile(
        Stream.of(stars.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  private void volume(Volume volume, FieldPath place) {
    gated(volume.hostDisk() != null, FeatureGate.HOST_DISK, place, "");
    gated(
        volume.downwardMetrics() != null,
        FeatureGate.DOWNWARD_METRICS,
        place,
        "downwardMetrics disks are not allowed: ");
    size(volume.cloudInitNoCloud(), place.field("cloudInitNoCloud"));
    size(volume.cloudInitConfigDrive(), place.field("cloudInitConfigDrive"));
  }

  private void size(@Nullable CloudInit config, FieldPath path) {
    if (config == null) {
      return;
    }
    if (isLarge(config.userData()) || isLarge(config.userDataBase64())) {
      found.invalid(
          path,
          path
              + " userdata exceeds 2048 byte limit. Should use UserDataSecretRef for larger"
              + " data.");
    }
    if (isLarge(config.networkData()) || isLarge(config.networkDataBase64())) {
      found.invalid(
          path,
          path
              + " networkdata exceeds 2048 byte limit. Should use NetworkDataSecretRef for larger"
              + " data.");
    }
  }

  private static boolean isLarge(@Nullable String text) {
    return text != null && text.getBytes(StandardCharsets.UTF_8).length > LARGEST_INLINE;
  }
}
