package dev.barevirt.launcher.credential;

import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.launcher.disk.DiskException;
import dev.barevirt.launcher.disk.DiskException.Reason;
import dev.barevirt.launcher.disk.ProjectedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Secrets in the directories that this host gave for them; read anew each time. */
public final class GivenSecrets implements SecretFiles {
  private final List<GivenVolume> given;

  private GivenSecrets(List<GivenVolume> given) {
    this.given = given;
  }

  /** The secrets of a request. */
  public static GivenSecrets of(GuestRequest request) {
    return new GivenSecrets(request.volumes());
  }

  @Override
  public SortedMap<String, byte[]> of(String secret) {
    String name = GivenVolume.CREDENTIAL + secret;
    return given.stream()
        .filter(volume -> volume.name().equals(name))
        .findFirst()
        .map(volume -> ProjectedFiles.read(Path.of(volume.path())))
        .orElseThrow(
            () ->
                new DiskException(
                    Reason.MISSING,
                    "this host gave no directory for the secret %s of the access credentials"
                        .formatted(secret)));
  }
}
