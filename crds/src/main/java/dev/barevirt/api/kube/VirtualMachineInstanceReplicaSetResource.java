package dev.barevirt.api.kube;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.barevirt.api.v1.VirtualMachineInstanceReplicaSetSpec;
import dev.barevirt.api.v1.VirtualMachineInstanceReplicaSetStatus;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A number of like instances as a Kubernetes client handles it. */
@Group("kubevirt.io")
@Version("v1")
@Kind("VirtualMachineInstanceReplicaSet")
@Plural("virtualmachineinstancereplicasets")
@ShortNames({"vmirs", "vmirss"})
public final class VirtualMachineInstanceReplicaSetResource
    extends CustomResource<
        VirtualMachineInstanceReplicaSetSpec, @Nullable VirtualMachineInstanceReplicaSetStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** Reads the specification. */
  static final class SpecDeserializer
      extends RecordDeserializer<VirtualMachineInstanceReplicaSetSpec> {
    SpecDeserializer() {
      super(VirtualMachineInstanceReplicaSetSpec.class);
    }
  }

  /** Reads the status. */
  static final class StatusDeserializer
      extends RecordDeserializer<VirtualMachineInstanceReplicaSetStatus> {
    StatusDeserializer() {
      super(VirtualMachineInstanceReplicaSetStatus.class);
    }
  }

  @Override
  protected VirtualMachineInstanceReplicaSetSpec initSpec() {
    return VirtualMachineInstanceReplicaSetSpec.EMPTY;
  }

  @Override
  protected @Nullable VirtualMachineInstanceReplicaSetStatus initStatus() {
    return null;
  }

  @Override
  @JsonSerialize(using = RecordSerializer.class)
  public VirtualMachineInstanceReplicaSetSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonDeserialize(using = SpecDeserializer.class)
  public void setSpec(VirtualMachineInstanceReplicaSetSpec spec) {
    super.setSpec(spec);
  }

  @Override
  @JsonSerialize(using = RecordSerializer.class)
  public @Nullable VirtualMachineInstanceReplicaSetStatus getStatus() {
    return super.getStatus();
  }

  @Override
  @JsonDeserialize(using = StatusDeserializer.class)
  public void setStatus(@Nullable VirtualMachineInstanceReplicaSetStatus status) {
    super.setStatus(status);
  }
}
