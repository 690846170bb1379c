package dev.barevirt.api.kube;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.barevirt.api.v1.VirtualMachineSpec;
import dev.barevirt.api.v1.VirtualMachineStatus;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A virtual machine as a Kubernetes client handles it. */
@Group("kubevirt.io")
@Version("v1")
@Kind("VirtualMachine")
@Plural("virtualmachines")
@ShortNames({"vm", "vms"})
public final class VirtualMachineResource
    extends CustomResource<VirtualMachineSpec, @Nullable VirtualMachineStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** Reads the specification. */
  static final class SpecDeserializer extends RecordDeserializer<VirtualMachineSpec> {
    SpecDeserializer() {
      super(VirtualMachineSpec.class);
    }
  }

  /** Reads the status. */
  static final class StatusDeserializer extends RecordDeserializer<VirtualMachineStatus> {
    StatusDeserializer() {
      super(VirtualMachineStatus.class);
    }
  }

  @Override
  protected VirtualMachineSpec initSpec() {
    return VirtualMachineSpec.EMPTY;
  }

  @Override
  protected @Nullable VirtualMachineStatus initStatus() {
    return null;
  }

  @Override
  @JsonSerialize(using = RecordSerializer.class)
  public VirtualMachineSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonDeserialize(using = SpecDeserializer.class)
  public void setSpec(VirtualMachineSpec spec) {
    super.setSpec(spec);
  }

  @Override
  @JsonSerialize(using = RecordSerializer.class)
  public @Nullable VirtualMachineStatus getStatus() {
    return super.getStatus();
  }

  @Override
  @JsonDeserialize(using = StatusDeserializer.class)
  public void setStatus(@Nullable VirtualMachineStatus status) {
    super.setStatus(status);
  }
}
