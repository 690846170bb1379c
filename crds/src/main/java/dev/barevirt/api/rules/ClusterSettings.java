package dev.barevirt.api.rules;

import dev.barevirt.api.v1.cluster.Configuration;
import dev.barevirt.api.v1.cluster.DeveloperConfiguration;
import dev.barevirt.api.v1.cluster.NetworkConfiguration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a cluster's configuration decides about a specification.
 *
 * @param architecture the processor architecture of instances that name none
 * @param machineTypes patterns of machine types that may be asked for, a star standing for anything
 * @param defaultMachines the machine types of instances that name none, by architecture
 * @param cpuModel the processor model of instances that name none; empty is the architecture's own
 * @param featureGates the gates that are open
 * @param defaultInterface how an instance without networks is connected
 * @param evictionStrategy the strategy of instances that name none
 * @param liveUpdate whether processors and memory may grow while a guest runs
 */
public record ClusterSettings(
    String architecture,
    List<String> machineTypes,
    Map<String, String> defaultMachines,
    String cpuModel,
    Set<FeatureGate> featureGates,
    DefaultInterface defaultInterface,
    String evictionStrategy,
    boolean liveUpdate) {

  /** How an instance that names no network is connected to the pod's. */
  public enum DefaultInterface {
    /** Through a bridge. */
    BRIDGE,
    /** Through address translation. */
    MASQUERADE
  }

  /** A gate that guards fields. */
  public enum FeatureGate {
    /** Files of the node as disks. */
    HOST_DISK("HostDisk"),
    /** Devices of the node. */
    HOST_DEVICES("HostDevices"),
    /** Figures of the host in the guest. */
    DOWNWARD_METRICS("DownwardMetrics"),
    /** Sockets between guest and host. */
    VSOCK("VSOCK"),
    /** Claims shared by virtiofs. */
    VIRTIOFS_STORAGE("EnableVirtioFsStorageVolumes"),
    /** Persistent reservations on LUNs. */
    PERSISTENT_RESERVATION("PersistentReservation"),
    /** Lockable overhead. */
    RESERVED_OVERHEAD_MEMLOCK("ReservedOverheadMemlock"),
    /** Ranges of ports. */
    PORT_RANGES("PortRanges"),
    /** Ignition by annotation. */
    IGNITION("ExperimentalIgnitionSupport"),
    /** Hooks beside the launcher. */
    SIDECAR("Sidecar"),
    /** Intel TDX. */
    TDX("WorkloadEncryptionTDX"),
    /** Network devices that are claimed. */
    NETWORK_DEVICES_WITH_DRA("NetworkDevicesWithDRA"),
    /** What a machine depends on, as a graph. */
    OBJECT_GRAPH("ObjectGraph"),
    /** Volumes for purposes of the system. */
    UTILITY_VOLUMES("UtilityVolumes");

    private final String wireName;

    FeatureGate(String wireName) {
      this.wireName = wireName;
    }

    /** Its name in the cluster's configuration. */
    public String wireName() {
      return wireName;
    }
  }

  /** A cluster as it is without configuration. */
  public static final ClusterSettings DEFAULT =
      new ClusterSettings(
          "amd64",
          List.of("q35*", "pc-q35*"),
          Map.of("amd64", "q35", "arm64", "virt", "s390x", "s390-ccw-virtio"),
          "",
          Set.of(),
          DefaultInterface.BRIDGE,
          "None",
          true);

  public ClusterSettings {
    machineTypes = List.copyOf(machineTypes);
    defaultMachines = Map.copyOf(defaultMachines);
    featureGates = Set.copyOf(featureGates);
  }

  /** The settings a configuration asks for; what cannot be used counts as not set. */
  public static ClusterSettings of(Configuration configuration) {
    String architecture = DEFAULT.architecture;
    List<String> machines = DEFAULT.machineTypes;
    Configuration.Architectures architectures = configuration.architectureConfiguration();
    if (architectures != null) {
      Configuration.Architecture amd64 = architectures.amd64();
      if (!Words.isBlank(architectures.defaultArchitecture())) {
        architecture = Words.orEmpty(architectures.defaultArchitecture());
      }
      if (amd64 != null && !amd64.emulatedMachines().isEmpty()) {
        machines = amd64.emulatedMachines();
      }
    }
    if (!configuration.emulatedMachines().isEmpty()) {
      machines = configuration.emulatedMachines();
    }
    NetworkConfiguration network = configuration.network();
    boolean masquerade = network != null && "masquerade".equals(network.defaultNetworkInterface());
    String eviction = configuration.evictionStrategy();
    return new ClusterSettings(
        architecture,
        machines,
        machines(configuration),
        Words.orEmpty(configuration.cpuModel()),
        gates(configuration.developerConfiguration()),
        masquerade ? DefaultInterface.MASQUERADE : DefaultInterface.BRIDGE,
        Words.isBlank(eviction) ? DEFAULT.evictionStrategy : Words.orEmpty(eviction),
        !"Stage".equals(configuration.vmRolloutStrategy()));
  }

  /** One type for all architectures wins over those that are given for each. */
  private static Map<String, String> machines(Configuration configuration) {
    Map<String, String> machines = new HashMap<>(DEFAULT.defaultMachines);
    Configuration.Architectures each = configuration.architectureConfiguration();
    if (each != null) {
      machine(each.amd64()).ifPresent(type -> machines.put("amd64", type));
      machine(each.arm64()).ifPresent(type -> machines.put("arm64", type));
      machine(each.s390x()).ifPresent(type -> machines.put("s390x", type));
    }
    if (!Words.isBlank(configuration.machineType())) {
      machines.replaceAll((_, _) -> Words.orEmpty(configuration.machineType()));
    }
    return machines;
  }

  private static Optional<String> machine(Configuration.@Nullable Architecture architecture) {
    return Optional.ofNullable(architecture)
        .map(Configuration.Architecture::machineType)
        .filter(type -> !type.isEmpty());
  }

  private static Set<FeatureGate> gates(@Nullable DeveloperConfiguration developer) {
    if (developer == null) {
      return DEFAULT.featureGates;
    }
    Set<FeatureGate> open = EnumSet.noneOf(FeatureGate.class);
    for (FeatureGate gate : FeatureGate.values()) {
      if (developer.featureGates().contains(gate.wireName())
          && !developer.disabledFeatureGates().contains(gate.wireName())) {
        open.add(gate);
      }
    }
    return open;
  }
}
