package dev.barevirt.api.cdi;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a data volume is filled from: exactly one. */
public record DataVolumeSource(
    @Doc("A file on a web server.") @Nullable Http http,
    @Doc("An object in a bucket.") @Nullable Bucket s3,
    @Doc("An object in a bucket of Google's.") @Nullable Bucket gcs,
    @Doc("A container image.") @Nullable Registry registry,
    @Doc("Another claim.") @Nullable Claim pvc,
    @Doc("What a client uploads.") @Nullable Upload upload,
    @Doc("Nothing.") @Nullable Blank blank,
    @Doc("A disk in oVirt.") @Nullable ImageIo imageio,
    @Doc("A disk in vSphere.") @Nullable Vddk vddk,
    @Doc("A volume snapshot.") @Nullable Snapshot snapshot) {
  /** A file on a web server. */
  public record Http(
      @Doc("Where it is.") @Required String url,
      @Doc("The secret with user and password.") @Nullable String secretRef,
      @Doc("The config map with certificates to trust.") @Nullable String certConfigMap,
      @Doc("More headers of the request.") List<String> extraHeaders,
      @Doc("Secrets with more headers.") List<String> secretExtraHeaders,
      @Doc("The checksum it must have.") @Nullable String checksum) {
    public Http {
      url = Frozen.orElse(url, "");
      extraHeaders = Frozen.list(extraHeaders);
      secretExtraHeaders = Frozen.list(secretExtraHeaders);
    }
  }

  /** An object in a bucket. */
  public record Bucket(
      @Doc("Where it is.") @Required String url,
      @Doc("The secret with the keys.") @Nullable String secretRef,
      @Doc("The config map with certificates to trust.") @Nullable String certConfigMap) {
    public Bucket {
      url = Frozen.orElse(url, "");
    }
  }

  /** A container image. */
  public record Registry(
      @Doc("Where it is.") @Nullable String url,
      @Doc("An image stream that names it.") @Nullable String imageStream,
      @Doc("Who pulls it.") @Allowed({"pod", "node"}) @Nullable String pullMethod,
      @Doc("The secret with user and password.") @Nullable String secretRef,
      @Doc("The config map with certificates to trust.") @Nullable String certConfigMap,
      @Doc("Which of its platforms.") @Nullable Platform platform) {}

  /** A platform of a container image. */
  public record Platform(@Doc("The processor architecture.") @Nullable String architecture) {}

  /** Another claim. */
  public record Claim(
      @Doc("Its namespace.") @Required String namespace, @Doc("Its name.") @Required String name) {
    public Claim {
      namespace = Frozen.orElse(namespace, "");
      name = Frozen.orElse(name, "");
    }
  }

  /** Nothing to choose. */
  public record Upload() {
    /** Nothing said. */
    public static final Upload EMPTY = new Upload();
  }

  /** Nothing to choose. */
  public record Blank() {
    /** Nothing said. */
    public static final Blank EMPTY = new Blank();
  }

  /** A disk in oVirt. */
  public record ImageIo(
      @Doc("The server.") @Required String url,
      @Doc("The disk.") @Required String diskId,
      @Doc("The secret with user and password.") @Nullable String secretRef,
      @Doc("The config map with certificates to trust.") @Nullable String certConfigMap,
      @Doc("Whether any certificate is trusted.") @Nullable Boolean insecureSkipVerify) {
    public ImageIo {
      url = Frozen.orElse(url, "");
      diskId = Frozen.orElse(diskId, "");
    }
  }

  /** A disk in vSphere. */
  public record Vddk(
      @Doc("The server.") @Nullable String url,
      @Doc("The virtual machine.") @Nullable String uuid,
      @Doc("The disk.") @Nullable String backingFile,
      @Doc("The server's fingerprint.") @Nullable String thumbprint,
      @Doc("The secret with user and password.") @Nullable String secretRef,
      @Doc("The image with the library.") @Nullable String initImageURL,
      @Doc("The config map with more arguments.") @Nullable String extraArgs) {}

  /** A volume snapshot. */
  public record Snapshot(
      @Doc("Its namespace.") @Required String namespace, @Doc("Its name.") @Required String name) {
    public Snapshot {
      namespace = Frozen.orElse(namespace, "");
      name = Frozen.orElse(name, "");
    }
  }
}
