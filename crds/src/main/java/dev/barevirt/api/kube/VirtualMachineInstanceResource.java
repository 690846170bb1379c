package dev.barevirt.api.kube;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** An instance as a Kubernetes client handles it. */
@Group("kubevirt.io")
@Version("v1")
@Kind("VirtualMachineInstance")
@Plural("virtualmachineinstances")
@ShortNames({"vmi", "vmis"})
public final class VirtualMachineInstanceResource
    extends CustomResource<VirtualMachineInstanceSpec, @Nullable VirtualMachineInstanceStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** Reads the specification. */
  static final class SpecDeserializer extends RecordDeserializer<VirtualMachineInstanceSpec> {
    SpecDeserializer() {
      super(VirtualMachineInstanceSpec.class);
    }
  }

  /** Reads the status. */
  static final class StatusDeserializer extends RecordDeserializer<VirtualMachineInstanceStatus> {
    StatusDeserializer() {
      super(VirtualMachineInstanceStatus.class);
    }
  }

  @Override
  protected VirtualMachineInstanceSpec initSpec() {
    return VirtualMachineInstanceSpec.EMPTY;
  }

  @Override
  protected @Nullable VirtualMachineInstanceStatus initStatus() {
    return null;
  }

  @Override
  @JsonSerialize(using = RecordSerializer.class)
  public VirtualMachineInstanceSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonDeserialize(using = SpecDeserializer.class)
  public void setSpec(VirtualMachineInstanceSpec spec) {
    super.setSpec(spec);
  }

  @Override
  @JsonSerialize(using = RecordSerializer.class)
  public @Nullable VirtualMachineInstanceStatus getStatus() {
    return super.getStatus();
  }

  @Override
  @JsonDeserialize(using = StatusDeserializer.class)
  public void setStatus(@Nullable VirtualMachineInstanceStatus status) {
    super.setStatus(status);
  }
}
