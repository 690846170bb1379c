package dev.barevirt.launcher.disk;

import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.v1.source.CloudInit;
import dev.barevirt.launcher.disk.DiskException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The user data and network data of a seed, from wherever the volume says they are. */
final class CloudInitData {
  private static final List<String> USER_KEYS = List.of("userdata", "userData");
  private static final List<String> NETWORK_KEYS = List.of("networkdata", "networkData");

  private final byte @Nullable [] userData;
  private final byte @Nullable [] networkData;

  private CloudInitData(byte @Nullable [] userData, byte @Nullable [] networkData) {
    this.userData = userData;
    this.networkData = networkData;
  }

  /**
   * Reads the data of the volume of that name.
   *
   * @param secret the directory of the user data's secret, which may hold the network data too
   * @param networkSecret the directory of the network data's secret
   */
  static CloudInitData read(
      String name,
      CloudInit source,
      @Nullable GivenVolume secret,
      @Nullable GivenVolume networkSecret) {
    byte[] user = inline(name, "userData", source.userData(), source.userDataBase64());
    if (user == null && source.secretRef() != null) {
      user = key(name, secret, USER_KEYS);
    }
    byte[] network = inline(name, "networkData", source.networkData(), source.networkDataBase64());
    if (network == null && source.networkDataSecretRef() != null) {
      network = key(name, networkSecret == null ? secret : networkSecret, NETWORK_KEYS);
    }
    return new CloudInitData(user, network);
  }

  byte @Nullable [] userData() {
    return userData;
  }

  byte @Nullable [] networkData() {
    return networkData;
  }

  private static byte @Nullable [] inline(
      String name, String field, @Nullable String plain, @Nullable String base64) {
    if (plain != null && !plain.isEmpty()) {
      return plain.getBytes(StandardCharsets.UTF_8);
    }
    if (base64 == null || base64.isEmpty()) {
      return null;
    }
    try {
      return Base64.getMimeDecoder().decode(strictlyBase64(base64));
    } catch (IllegalArgumentException e) {
      throw new DiskException(
          Reason.IMAGE_REFUSED,
          "volume %s: %sBase64 is not base64".formatted(Printable.of(name), field),
          e);
    }
  }

  /** The MIME decoder takes line breaks, which is wanted, and skips all else, which is not. */
  private static String strictlyBase64(String text) {
    if (!text.matches("[A-Za-z0-9+/=\\s]*")) {
      throw new IllegalArgumentException("a character outside the alphabet");
    }
    return text;
  }

  private static byte[] key(String name, @Nullable GivenVolume secret, List<String> keys) {
    if (secret == null) {
      throw new DiskException(
          Reason.MISSING,
          "volume %s: this host gave no directory for its secret".formatted(Printable.of(name)));
    }
    Map<String, byte[]> files = ProjectedFiles.read(Path.of(secret.path()));
    for (String key : keys) {
      byte[] content = files.get(key);
      if (content != null) {
        return content;
      }
    }
    throw new DiskException(
        Reason.MISSING,
        "volume %s: its secret has no key %s".formatted(Printable.of(name), keys.getFirst()));
  }
}
