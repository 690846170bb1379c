package dev.barevirt.launcher.cli.spec;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.source.AccessCredential;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The secrets that a machine's access credentials name. */
public final class AccessSecrets {
  private AccessSecrets() {}

  /** Their names, each once. */
  public static List<String> of(VirtualMachineInstance vmi) {
    return vmi.spec().accessCredentials().stream()
        .flatMap(AccessSecrets::sources)
        .map(AccessCredential.Source::secret)
        .filter(Objects::nonNull)
        .map(AccessCredential.SecretSource::secretName)
        .distinct()
        .toList();
  }

  private static Stream<AccessCredential.Source> sources(AccessCredential credential) {
    return Stream.of(
            credential.sshPublicKey() == null ? null : credential.sshPublicKey().source(),
            credential.userPassword() == null ? null : credential.userPassword().source())
        .filter(Objects::nonNull);
  }
}
