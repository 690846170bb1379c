package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** System calls launchers may make. */
public record SeccompConfiguration(
    @Doc("For the pods of instances.") @Nullable InstanceProfile virtualMachineInstanceProfile) {

  /** The profile of the pods of instances. */
  public record InstanceProfile(
      @Doc("Another than the usual one.") @Nullable CustomProfile customProfile) {}

  /** Another profile than the usual one. */
  public record CustomProfile(
      @Doc("A profile on the node.") @Nullable String localhostProfile,
      @Doc("Whether it is the container runtime's.") @Nullable Boolean runtimeDefaultProfile) {}
}
