package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.core.LocalObjectReference;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.source.CloudInit;
import dev.barevirt.api.v1.source.Volume;
import java.util.Base64;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** First-boot configuration: something to say, said one way, and readable. */
final class CloudInitRule implements VmiRule {

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    for (int i = 0; i < spec.volumes().size(); i++) {
      Volume volume = spec.volumes().get(i);
      FieldPath path = at.field("volumes").index(i);
      if (volume.cloudInitNoCloud() != null) {
        check(volume.cloudInitNoCloud(), path.field("cloudInitNoCloud"), found);
      }
      if (volume.cloudInitConfigDrive() != null) {
        check(volume.cloudInitConfigDrive(), path.field("cloudInitConfigDrive"), found);
      }
    }
  }

  private static void check(CloudInit config, FieldPath path, Findings found) {
    long user = count(config.secretRef(), config.userDataBase64(), config.userData());
    long network =
        count(config.networkDataSecretRef(), config.networkDataBase64(), config.networkData());
    if (user > 1) {
      found.invalid(path, path + " must have only one userdatasource set.");
    }
    if (network > 1) {
      found.invalid(path, path + " must have only one networkdata source set.");
    }
    if (user + network == 0) {
      found.invalid(
          path, path + " must have at least one userdatasource or one networkdatasource set.");
    }
    base64(config.userDataBase64(), path.field("userDataBase64"), found);
    base64(config.networkDataBase64(), path.field("networkDataBase64"), found);
  }

  private static long count(
      @Nullable LocalObjectReference secret, @Nullable String encoded, @Nullable String plain) {
    return Stream.of(secret != null, !Words.isBlank(encoded), !Words.isBlank(plain))
        .filter(Boolean::booleanValue)
        .count();
  }

  private static void base64(@Nullable String encoded, FieldPath path, Findings found) {
    if (encoded == null) {
      return;
    }
    try {
      Base64.getDecoder().decode(encoded.replaceAll("[\r\n]", ""));
    } catch (IllegalArgumentException _) {
      found.invalid(path, path + " is not a valid base64 value.");
    }
  }
}
