package dev.barevirt.api.v1;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import dev.barevirt.api.v1.status.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known about an installation. */
public record KubeVirtStatus(
    @Doc("How far it is, in one word.") @Nullable String phase,
    @Doc("Single facts, each with its reason.") List<Condition> conditions,
    @Doc("The version of what installs it.") @Nullable String operatorVersion,
    @Doc("Where its images are to come from.") @Nullable String targetKubeVirtRegistry,
    @Doc("The version it is to have.") @Nullable String targetKubeVirtVersion,
    @Doc("The settings it is to be installed with.") @Nullable String targetDeploymentConfig,
    @Doc("What names those settings.") @Nullable String targetDeploymentID,
    @Doc("Where its images come from.") @Nullable String observedKubeVirtRegistry,
    @Doc("The version it has.") @Nullable String observedKubeVirtVersion,
    @Doc("The settings it is installed with.") @Nullable String observedDeploymentConfig,
    @Doc("What names the settings in use.") @Nullable String observedDeploymentID,
    @Doc("How many guests have an older launcher.")
        @Nullable Integer outdatedVirtualMachineInstanceWorkloads,
    @Doc("The generation this status talks about.") @Nullable Long observedGeneration,
    @Doc("The processors of guests that name none.") @Nullable String defaultArchitecture,
    @Doc("The generations of what is installed.") List<Generation> generations,
    @Doc("Where other clusters reach this one.") List<String> synchronizationAddresses) {
  /** Nothing known. */
  public static final KubeVirtStatus EMPTY =
      new KubeVirtStatus(
          null, List.of(), null, null, null, null, null, null, null, null, null, null, null, null,
          List.of(), List.of());

  public KubeVirtStatus {
    conditions = Frozen.list(conditions);
    generations = Frozen.list(generations);
    synchronizationAddresses = Frozen.list(synchronizationAddresses);
  }

  /** The generation of an installed object that was last written. */
  public record Generation(
      @Doc("The object's API group.") @Required String group,
      @Doc("The object's resource.") @Required String resource,
      @Doc("The object's namespace.") @Nullable String namespace,
      @Doc("The object's name.") @Required String name,
      @Doc("The generation.") @Required @Nullable Long lastGeneration,
      @Doc("A digest, for objects without generations.") @Nullable String hash) {
    public Generation {
      group = Frozen.orElse(group, "");
      resource = Frozen.orElse(resource, "");
      name = Frozen.orElse(name, "");
    }
  }
}
