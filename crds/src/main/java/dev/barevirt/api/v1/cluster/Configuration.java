package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.LabelSelector;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Unsigned;
import dev.barevirt.api.v1.status.MigrationConfiguration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an installation behaves. */
public record Configuration(
    @Doc("The processor model of guests that name none.") @Nullable String cpuModel,
    @Doc("What a guest without processor requests asks of its node.") @Nullable Quantity cpuRequest,
    @Doc("Feature gates, emulation and other switches.")
        @Nullable DeveloperConfiguration developerConfiguration,
    @Doc("Patterns of machine types that may be asked for.") List<String> emulatedMachines,
    @Doc("When images are fetched.") @Allowed({"Always", "Never", "IfNotPresent"})
        @Nullable String imagePullPolicy,
    @Doc("Settings of migrations.") @Nullable MigrationConfiguration migrations,
    @Doc("The machine type of guests that name none.") @Nullable String machineType,
    @Doc("How guests are connected.") @Nullable NetworkConfiguration network,
    @Doc("Where the UEFI firmware is.") @Nullable String ovmfPath,
    @Doc("The SELinux type launchers run with.") @Nullable String selinuxLauncherType,
    @Doc("The runtime class of launcher pods.") @Nullable String defaultRuntimeClass,
    @Doc("What guests read about their maker.") @Nullable Smbios smbios,
    @Doc("Settings by processor architecture.") @Nullable Architectures architectureConfiguration,
    @Doc("What happens to a guest whose node is drained, when it does not say.")
        @Allowed({"None", "LiveMigrate", "LiveMigrateIfPossible", "External"})
        @Nullable String evictionStrategy,
    @Doc("By how much the estimate of a launcher's own memory is multiplied.")
        @Nullable String additionalGuestMemoryOverheadRatio,
    @Doc("Resources of containers beside the launcher.")
        List<ContainerResources> supportContainerResources,
    @Doc("Patterns of guest agent versions that are known to do.")
        List<String> supportedGuestAgentVersions,
    @Doc("How many seconds between two looks at a guest's memory.") @Unsigned
        @Nullable Long memBalloonStatsPeriod,
    @Doc("Host devices guests may ask for.") @Nullable PermittedHostDevices permittedHostDevices,
    @Doc("Devices that are divided into mediated ones.")
        @Nullable MediatedDevicesConfiguration mediatedDevicesConfiguration,
    @Doc("The oldest processor model nodes are labelled with.") @Nullable String minCPUModel,
    @Doc("Processor models nodes are not labelled with.") Map<String, Boolean> obsoleteCPUModels,
    @Doc("How many guests a node takes.") @Nullable Integer virtualMachineInstancesPerNode,
    @Doc("How the API server talks to the cluster.") @Nullable ComponentClient apiConfiguration,
    @Doc("How the webhooks talk to the cluster.") @Nullable ComponentClient webhookConfiguration,
    @Doc("How the controllers talk to the cluster.")
        @Nullable ComponentClient controllerConfiguration,
    @Doc("How the node agents talk to the cluster.") @Nullable ComponentClient handlerConfiguration,
    @Doc("What connections must offer.") @Nullable TlsConfiguration tlsConfiguration,
    @Doc("System calls launchers may make.") @Nullable SeccompConfiguration seccompConfiguration,
    @Doc("The storage class of what machines keep for themselves.")
        @Nullable String vmStateStorageClass,
    @Doc("Switches for all machines.") @Nullable VirtualMachineOptions virtualMachineOptions,
    @Doc("Where equal memory pages are merged.") @Nullable KsmConfiguration ksmConfiguration,
    @Doc("Namespaces whose guests get a processor limit.")
        @Nullable LabelSelector autoCPULimitNamespaceLabelSelector,
    @Doc("How far a running guest may grow.")
        @Nullable LiveUpdateConfiguration liveUpdateConfiguration,
    @Doc("How changes to a machine reach its running guest.")
        @Allowed(
            value = {"Stage", "LiveUpdate"},
            others = Allowed.Others.REFUSED)
        @Nullable String vmRolloutStrategy,
    @Doc("Whether the common instance types are installed.")
        @Nullable Switch commonInstancetypesDeployment,
    @Doc("Whether machine templates are installed.") @Nullable Switch virtTemplateDeployment,
    @Doc("How machines refer to instance types.") @Nullable InstancetypeConfiguration instancetype,
    @Doc("The hypervisors there are.") List<Hypervisor> hypervisors,
    @Doc("Machines whose changed blocks are tracked.")
        @Nullable ChangedBlockTrackingSelectors changedBlockTrackingLabelSelectors,
    @Doc("Whether guests may reserve shared disks.")
        @Nullable Switch persistentReservationConfiguration,
    @Doc("Protection of guests from their hosts.")
        @Nullable ConfidentialCompute confidentialCompute,
    @Doc("Whether the cluster's own roles include those of this installation.")
        @Allowed(
            value = {"AggregateToDefault", "Manual"},
            others = Allowed.Others.REFUSED)
        @Nullable String roleAggregationStrategy) {
  public Configuration {
    emulatedMachines = Frozen.list(emulatedMachines);
    supportContainerResources = Frozen.list(supportContainerResources);
    supportedGuestAgentVersions = Frozen.list(supportedGuestAgentVersions);
    obsoleteCPUModels = Frozen.map(obsoleteCPUModels);
    hypervisors = Frozen.list(hypervisors);
  }

  /** What guests read about their maker. */
  public record Smbios(
      @Doc("The maker.") @Nullable String manufacturer,
      @Doc("The product.") @Nullable String product,
      @Doc("The version.") @Nullable String version,
      @Doc("The stock keeping unit.") @Nullable String sku,
      @Doc("The family.") @Nullable String family) {}

  /** Settings by processor architecture. */
  public record Architectures(
      @Doc("For amd64.") @Nullable Architecture amd64,
      @Doc("For arm64.") @Nullable Architecture arm64,
      @Doc("For ppc64le.") @Nullable Architecture ppc64le,
      @Doc("For s390x.") @Nullable Architecture s390x,
      @Doc("The architecture of guests that name none.") @Nullable String defaultArchitecture) {}

  /** Settings of one processor architecture. */
  public record Architecture(
      @Doc("Where the UEFI firmware is.") @Nullable String ovmfPath,
      @Doc("Patterns of machine types that may be asked for.") List<String> emulatedMachines,
      @Doc("The machine type of guests that name none.") @Nullable String machineType) {
    public Architecture {
      emulatedMachines = Frozen.list(emulatedMachines);
    }
  }

  /** Something that is there or not. */
  public record Switch(@Doc("Whether it is on.") @Nullable Boolean enabled) {}

  /** How machines refer to instance types. */
  public record InstancetypeConfiguration(
      @Doc("Whether a machine keeps the reference, or gets what it stands for.")
          @Allowed(
              value = {"reference", "expand", "expandAll"},
              others = Allowed.Others.REFUSED)
          @Nullable String referencePolicy) {}

  /** A hypervisor. */
  public record Hypervisor(@Doc("Its name.") @Nullable String name) {}

  /** Machines whose changed blocks are tracked. */
  public record ChangedBlockTrackingSelectors(
      @Doc("Those in namespaces with these labels.") @Nullable LabelSelector namespaceLabelSelector,
      @Doc("Those with these labels.") @Nullable LabelSelector virtualMachineLabelSelector) {}

  /** Where equal memory pages are merged. */
  public record KsmConfiguration(
      @Doc("The nodes that merge them.") @Nullable LabelSelector nodeLabelSelector) {}

  /** How far a running guest may grow. */
  public record LiveUpdateConfiguration(
      @Doc("How many times what it starts with; 4 when absent.") @Unsigned
          @Nullable Long maxHotplugRatio,
      @Doc("How many processor sockets.") @Unsigned @Nullable Long maxCpuSockets,
      @Doc("How much memory.") @Nullable Quantity maxGuest) {}

  /** Protection of guests from their hosts. */
  public record ConfidentialCompute(@Doc("Intel's TDX.") @Nullable Tdx tdx) {}

  /** Intel's TDX. */
  public record Tdx(@Doc("Proof of what runs.") @Nullable Attestation attestation) {}

  /** Proof of what runs. */
  public record Attestation(
      @Doc("Whether a guest only runs where quotes are to be had.") @Nullable Boolean enforced,
      @Doc("The socket of the service that gives quotes.") @Nullable String qgsSocketPath) {}
}
