package dev.barevirt.api.kube;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.barevirt.api.v1.VirtualMachineInstanceMigrationSpec;
import dev.barevirt.api.v1.VirtualMachineInstanceMigrationStatus;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A migration as a Kubernetes client handles it. */
@Group("kubevirt.io")
@Version("v1")
@Kind("VirtualMachineInstanceMigration")
@Plural("virtualmachineinstancemigrations")
@ShortNames({"vmim", "vmims"})
public final class VirtualMachineInstanceMigrationResource
    extends CustomResource<
        VirtualMachineInstanceMigrationSpec, @Nullable VirtualMachineInstanceMigrationStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** Reads the specification. */
  static final class SpecDeserializer
      extends RecordDeserializer<VirtualMachineInstanceMigrationSpec> {
    SpecDeserializer() {
      super(VirtualMachineInstanceMigrationSpec.class);
    }
  }

  /** Reads the status. */
  static final class StatusDeserializer
      extends RecordDeserializer<VirtualMachineInstanceMigrationStatus> {
    StatusDeserializer() {
      super(VirtualMachineInstanceMigrationStatus.class);
    }
  }

  @Override
  protected VirtualMachineInstanceMigrationSpec initSpec() {
    return VirtualMachineInstanceMigrationSpec.EMPTY;
  }

  @Override
  protected @Nullable VirtualMachineInstanceMigrationStatus initStatus() {
    return null;
  }

  @Override
  @JsonSerialize(using = RecordSerializer.class)
  public VirtualMachineInstanceMigrationSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonDeserialize(using = SpecDeserializer.class)
  public void setSpec(VirtualMachineInstanceMigrationSpec spec) {
    super.setSpec(spec);
  }

  @Override
  @JsonSerialize(using = RecordSerializer.class)
  public @Nullable VirtualMachineInstanceMigrationStatus getStatus() {
    return super.getStatus();
  }

  @Override
  @JsonDeserialize(using = StatusDeserializer.class)
  public void setStatus(@Nullable VirtualMachineInstanceMigrationStatus status) {
    super.setStatus(status);
  }
}
