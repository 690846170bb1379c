package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.source.AccessCredential;
import dev.barevirt.api.v1.source.CloudInit;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.api.v1.source.Volume;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one machine without a cluster demands: nothing that only a cluster could resolve. */
final class StandaloneRules {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Set<String> given;
  private final Findings found;

  StandaloneRules(Set<String> given, Findings found) {
    this.given = given;
    this.found = found;
  }

  void check(VirtualMachineInstanceSpec spec, FieldPath at) {
    for (int i = 0; i < spec.volumes().size(); i++) {
      volume(spec.volumes().get(i), at.field("volumes").index(i));
    }
    for (int i = 0; i < spec.networks().size(); i++) {
      network(spec.networks().get(i), at.field("networks").index(i));
    }
    filesystems(spec, at.field("domain").field("devices").field("filesystems"));
    for (int i = 0; i < spec.accessCredentials().size(); i++) {
      credential(spec.accessCredentials().get(i), at.field("accessCredentials").index(i));
    }
    if (!spec.utilityVolumes().isEmpty()) {
      found.unsupported(at.field("utilityVolumes"), "there are no claims without a cluster");
    }
    if (!spec.resourceClaims().isEmpty()) {
      found.unsupported(at.field("resourceClaims"), "there are no device claims without a cluster");
    }
    var firmware = spec.domain().firmware();
    String uuid = firmware == null ? "" : Words.orEmpty(firmware.uuid());
    if (!uuid.isEmpty() && !UUID.matcher(uuid).matches()) {
      found.invalid(
          at.field("domain").field("firmware").field("uuid"),
          "'" + Words.shown(uuid) + "' is not a UUID");
    }
  }

  private void volume(Volume volume, FieldPath place) {
    needing(volume)
        .filter(_ -> !given.contains(volume.name()))
        .ifPresent(
            source ->
                found.unsupported(
                    place.field(source),
                    "needs a cluster; without one, give a path for the volume "
                        + Words.shown(volume.name())));
    if (volume.memoryDump() != null) {
      found.unsupported(place.field("memoryDump"), "there are no claims without a cluster");
    }
  }

  private void credential(AccessCredential credential, FieldPath place) {
    if (credential.sshPublicKey() != null) {
      secret(credential.sshPublicKey().source(), place.field("sshPublicKey"));
    }
    if (credential.userPassword() != null) {
      secret(credential.userPassword().source(), place.field("userPassword"));
    }
  }

  private void secret(AccessCredential.@Nullable Source source, FieldPath place) {
    if (source != null
        && source.secret() != null
        && !given.contains(source.secret().secretName())) {
      found.unsupported(
          place.field("source").field("secret"),
          "needs a cluster; without one, give a directory for the secret "
              + Words.shown(source.secret().secretName()));
    }
  }

  /** The source of a volume that only a cluster, or somebody who gives a path, can resolve. */
  private static Optional<String> needing(Volume volume) {
    if (volume.persistentVolumeClaim() != null) {
      return Optional.of("persistentVolumeClaim");
    }
    if (volume.dataVolume() != null) {
      return Optional.of("dataVolume");
    }
    if (volume.ephemeral() != null) {
      return Optional.of("ephemeral");
    }
    if (volume.configMap() != null) {
      return Optional.of("configMap");
    }
    if (volume.secret() != null) {
      return Optional.of("secret");
    }
    if (volume.downwardAPI() != null) {
      return Optional.of("downwardAPI");
    }
    if (volume.serviceAccount() != null) {
      return Optional.of("serviceAccount");
    }
    if (volume.sysprep() != null) {
      return Optional.of("sysprep");
    }
    if (volume.containerPath() != null) {
      return Optional.of("containerPath");
    }
    if (hasSecret(volume.cloudInitNoCloud())) {
      return Optional.of("cloudInitNoCloud");
    }
    return hasSecret(volume.cloudInitConfigDrive())
        ? Optional.of("cloudInitConfigDrive")
        : Optional.empty();
  }

  private static boolean hasSecret(@Nullable CloudInit config) {
    return config != null && (config.secretRef() != null || config.networkDataSecretRef() != null);
  }

  /** A cluster may bring a volume later; without one there is nothing to share. */
  private void filesystems(VirtualMachineInstanceSpec spec, FieldPath path) {
    for (int i = 0; i < spec.domain().devices().filesystems().size(); i++) {
      String name = spec.domain().devices().filesystems().get(i).name();
      if (spec.volumes().stream().noneMatch(volume -> volume.name().equals(name))) {
        found.invalid(
            path.index(i).field("name"), "no volume is named '" + Words.shown(name) + "'");
      }
    }
  }

  private void network(Network network, FieldPath place) {
    if (network.multus() != null && !given.contains(network.name())) {
      found.unsupported(
          place.field("multus"),
          "needs a cluster; without one, give a tap or a bridge for the network "
              + Words.shown(network.name()));
    }
    if (network.resourceClaim() != null) {
      found.unsupported(
          place.field("resourceClaim"), "there are no device claims without a cluster");
    }
  }
}
