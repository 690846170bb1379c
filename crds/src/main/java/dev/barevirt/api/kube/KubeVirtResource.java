package dev.barevirt.api.kube;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.barevirt.api.v1.KubeVirtSpec;
import dev.barevirt.api.v1.KubeVirtStatus;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** An installation as a Kubernetes client handles it. */
@Group("kubevirt.io")
@Version("v1")
@Kind("KubeVirt")
@Plural("kubevirts")
@ShortNames({"kv", "kvs"})
public final class KubeVirtResource extends CustomResource<KubeVirtSpec, @Nullable KubeVirtStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** Reads the specification. */
  static final class SpecDeserializer extends RecordDeserializer<KubeVirtSpec> {
    SpecDeserializer() {
      super(KubeVirtSpec.class);
    }
  }

  /** Reads the status. */
  static final class StatusDeserializer extends RecordDeserializer<KubeVirtStatus> {
    StatusDeserializer() {
      super(KubeVirtStatus.class);
    }
  }

  @Override
  protected KubeVirtSpec initSpec() {
    return KubeVirtSpec.EMPTY;
  }

  @Override
  protected @Nullable KubeVirtStatus initStatus() {
    return null;
  }

  @Override
  @JsonSerialize(using = RecordSerializer.class)
  public KubeVirtSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonDeserialize(using = SpecDeserializer.class)
  public void setSpec(KubeVirtSpec spec) {
    super.setSpec(spec);
  }

  @Override
  @JsonSerialize(using = RecordSerializer.class)
  public @Nullable KubeVirtStatus getStatus() {
    return super.getStatus();
  }

  @Override
  @JsonDeserialize(using = StatusDeserializer.class)
  public void setStatus(@Nullable KubeVirtStatus status) {
    super.setStatus(status);
  }
}
