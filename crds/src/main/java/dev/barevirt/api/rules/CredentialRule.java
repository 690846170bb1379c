package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.source.AccessCredential;
import dev.barevirt.api.v1.source.AccessCredential.SshPropagation;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Access credentials: one type, one source, one way into the guest that is there. */
final class CredentialRule implements VmiRule {

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    for (int i = 0; i < spec.accessCredentials().size(); i++) {
      AccessCredential credential = spec.accessCredentials().get(i);
      FieldPath place = at.field("accessCredentials").index(i);
      AccessCredential.SshPublicKey key = credential.sshPublicKey();
      AccessCredential.UserPassword password = credential.userPassword();
      if ((key == null) == (password == null)) {
        found.invalid(place, place + " must have exactly one access credential type set");
      } else if (key != null) {
        publicKey(spec, key, place, found);
      } else if (password != null) {
        FieldPath path = place.field("userPassword");
        source(password.source(), place, path.field("source"), found);
        var method = password.propagationMethod();
        if (method == null || method.qemuGuestAgent() == null) {
          found.invalid(
              path.field("propagationMethod"),
              place + " must have exactly one propagationMethod set");
        }
      }
    }
  }

  private static void source(
      AccessCredential.@Nullable Source source, FieldPath place, FieldPath path, Findings found) {
    if (source == null || source.secret() == null) {
      found.invalid(path, place + " must have exactly one source set");
    } else if (source.secret().secretName().isEmpty()) {
      found.required(path.field("secret").field("secretName"), "a secret must be named");
    }
  }

  private static void publicKey(
      VirtualMachineInstanceSpec spec,
      AccessCredential.SshPublicKey key,
      FieldPath place,
      Findings found) {
    FieldPath path = place.field("sshPublicKey");
    source(key.source(), place, path.field("source"), found);
    FieldPath method = path.field("propagationMethod");
    SshPropagation way = key.propagationMethod();
    long ways =
        way == null
            ? 0
            : Stream.of(way.configDrive(), way.noCloud(), way.qemuGuestAgent())
                .filter(Objects::nonNull)
                .count();
    if (way == null || ways != 1) {
      found.invalid(method, place + " must have exactly one propagationMethod set");
      return;
    }
    if (way.noCloud() != null
        && spec.volumes().stream().noneMatch(volume -> volume.cloudInitNoCloud() != null)) {
      found.invalid(method, needs(place, "noCloud"));
    }
    if (way.configDrive() != null
        && spec.volumes().stream().noneMatch(volume -> volume.cloudInitConfigDrive() != null)) {
      found.invalid(method, needs(place, "configDrive"));
    }
    if (way.qemuGuestAgent() != null && way.qemuGuestAgent().users().isEmpty()) {
      found.invalid(
          method.field("qemuGuestAgent").field("users"),
          place + " requires at least one user to be present in the users list");
    }
  }

  private static String needs(FieldPath place, String kind) {
    return place
        + " requires a "
        + kind
        + " volume to exist when the "
        + kind
        + " propagationMethod is in use.";
  }
}
