package dev.barevirt.api.kube;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.barevirt.api.v1.VirtualMachineInstancePresetSpec;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A preset as a Kubernetes client handles it. */
@Group("kubevirt.io")
@Version("v1")
@Kind("VirtualMachineInstancePreset")
@Plural("virtualmachineinstancepresets")
@ShortNames({"vmipreset", "vmipresets"})
public final class VirtualMachineInstancePresetResource
    extends CustomResource<VirtualMachineInstancePresetSpec, @Nullable Void> implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** Reads the specification. */
  static final class SpecDeserializer extends RecordDeserializer<VirtualMachineInstancePresetSpec> {
    SpecDeserializer() {
      super(VirtualMachineInstancePresetSpec.class);
    }
  }

  @Override
  protected VirtualMachineInstancePresetSpec initSpec() {
    return VirtualMachineInstancePresetSpec.EMPTY;
  }

  @Override
  protected @Nullable Void initStatus() {
    return null;
  }

  @Override
  @JsonSerialize(using = RecordSerializer.class)
  public VirtualMachineInstancePresetSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonDeserialize(using = SpecDeserializer.class)
  public void setSpec(VirtualMachineInstancePresetSpec spec) {
    super.setSpec(spec);
  }
}
