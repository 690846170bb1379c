package dev.barevirt.api.rules;

import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.device.Devices;
import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.api.v1.domain.Cpu;
import dev.barevirt.api.v1.domain.Domain;
import dev.barevirt.api.v1.domain.Firmware;
import dev.barevirt.api.v1.domain.Machine;
import dev.barevirt.api.v1.domain.Memory;
import dev.barevirt.api.v1.domain.Resources;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.api.v1.source.Probe;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fills in what a user left out, as a cluster does when an instance is created. */
public final class VmiDefaults {
  private static final int HOTPLUG_RATIO = 4;
  private static final long MOST_PROCESSORS = 512;
  private static final long LEAST_TO_GROW = 1L << 30;

  private final ClusterSettings settings;
  private final String uuid;

  private VmiDefaults(ClusterSettings settings, String uuid) {
    this.settings = settings;
    this.uuid = uuid;
  }

  /**
   * The instance with everything filled in; applied twice it changes nothing more.
   *
   * @param uuid the UUID for firmware that has none; none is filled in when empty
   */
  public static VirtualMachineInstance apply(
      VirtualMachineInstance vmi, ClusterSettings settings, String uuid) {
    return vmi.withSpec(new VmiDefaults(settings, uuid).spec(vmi.spec()));
  }

  private VirtualMachineInstanceSpec spec(VirtualMachineInstanceSpec spec) {
    String architecture =
        Words.isBlank(spec.architecture())
            ? settings.architecture()
            : Words.orEmpty(spec.architecture());
    VirtualMachineInstanceSpec connected = network(spec);
    return connected
        .withArchitecture(architecture)
        .withDomain(domain(connected.domain(), architecture))
        .withVolumes(connected.volumes().stream().map(VolumeDefaults::apply).toList())
        .withEvictionStrategy(
            spec.evictionStrategy() == null ? settings.evictionStrategy() : spec.evictionStrategy())
        .withLivenessProbe(probe(spec.livenessProbe()))
        .withReadinessProbe(probe(spec.readinessProbe()));
  }

  private VirtualMachineInstanceSpec network(VirtualMachineInstanceSpec spec) {
    Devices devices = spec.domain().devices();
    boolean asked =
        !spec.networks().isEmpty()
            || !devices.interfaces().isEmpty()
            || Boolean.FALSE.equals(devices.autoattachPodInterface());
    if (asked) {
      return spec;
    }
    Network pod = new Network("default", Network.Pod.EMPTY, null, null);
    return spec.withNetworks(List.of(pod))
        .withDomain(spec.domain().withDevices(devices.withInterfaces(List.of(toPod()))));
  }

  private Interface toPod() {
    Interface plain =
        new Interface(
            "default", null, null, null, null, null, null, null, null, null, List.of(), List.of(),
            null, null, null, null, null, null, null);
    return switch (settings.defaultInterface()) {
      case BRIDGE -> plain.withBridge(Interface.Bridge.EMPTY);
      case MASQUERADE -> plain.withMasquerade(Interface.Masquerade.EMPTY);
    };
  }

  private Domain domain(Domain domain, String architecture) {
    Resources resources = domain.resources() == null ? Resources.EMPTY : domain.resources();
    Memory memory = memory(domain.memory(), resources, domain, architecture);
    return domain
        .withCpu(cpu(domain.cpu(), resources, architecture))
        .withMemory(memory)
        .withMachine(machine(domain.machine(), architecture, settings))
        .withFirmware(firmware(domain.firmware()))
        .withClock(FeatureDefaults.clock(domain.clock()))
        .withFeatures(FeatureDefaults.features(domain.features()))
        .withDevices(DeviceDefaults.apply(domain.devices(), architecture));
  }

  static @Nullable Machine machine(
      @Nullable Machine machine, String architecture, ClusterSettings settings) {
    if (machine != null && !machine.type().isEmpty()) {
      return machine;
    }
    return Optional.ofNullable(settings.defaultMachines().get(architecture))
        .map(Machine::new)
        .orElse(machine);
  }

  private @Nullable Firmware firmware(@Nullable Firmware written) {
    Firmware firmware = written == null ? Firmware.EMPTY : written;
    if (firmware.kernelBoot() != null && firmware.kernelBoot().container() != null) {
      firmware =
          firmware.withKernelBoot(
              firmware
                  .kernelBoot()
                  .withContainer(VolumeDefaults.kernel(firmware.kernelBoot().container())));
    }
    if (Words.isBlank(firmware.uuid()) && !uuid.isEmpty()) {
      firmware = firmware.withUuid(uuid);
    }
    return firmware.equals(Firmware.EMPTY) ? written : firmware;
  }

  private Cpu cpu(@Nullable Cpu written, Resources resources, String architecture) {
    Cpu cpu = written == null ? Cpu.EMPTY : written;
    boolean untold = isZero(cpu.cores()) && isZero(cpu.sockets()) && isZero(cpu.threads());
    long sockets = untold ? fromResources(resources) : CpuRule.atLeastOne(cpu.sockets());
    long cores = CpuRule.atLeastOne(cpu.cores());
    long threads = CpuRule.atLeastOne(cpu.threads());
    Cpu filled = cpu.withSockets(sockets).withCores(cores).withThreads(threads);
    if (Words.isBlank(cpu.model())) {
      filled =
          filled.withModel(
              settings.cpuModel().isEmpty() ? ownModel(architecture) : settings.cpuModel());
    }
    if (settings.liveUpdate() && isZero(cpu.maxSockets()) && !architecture.equals("arm64")) {
      filled = filled.withMaxSockets(mostSockets(sockets, cores, threads));
    }
    return filled;
  }

  private static String ownModel(String architecture) {
    return architecture.equals("arm64") ? "host-passthrough" : "host-model";
  }

  private static boolean isZero(@Nullable Long count) {
    return count == null || count == 0;
  }

  private static long fromResources(Resources resources) {
    Quantity cpus =
        Optional.ofNullable(resources.limits().get("cpu"))
            .or(() -> Optional.ofNullable(resources.requests().get("cpu")))
            .orElse(Quantity.ZERO);
    return Math.max(1, cpus.bytes());
  }

  /** Four times as many, but no more processors in all than a machine can have. */
  private static long mostSockets(long sockets, long cores, long threads) {
    long within = MOST_PROCESSORS / Math.max(1, Math.min(MOST_PROCESSORS, cores * threads));
    return Math.max(sockets, Math.min(sockets * HOTPLUG_RATIO, within));
  }

  private @Nullable Memory memory(
      @Nullable Memory written, Resources resources, Domain domain, String architecture) {
    Memory memory = written == null ? Memory.EMPTY : written;
    Quantity guest = memory.guest();
    if (guest == null) {
      guest = guestSize(memory, resources);
    }
    if (guest == null) {
      return written;
    }
    boolean grows =
        settings.liveUpdate()
            && memory.maxGuest() == null
            && architecture.equals("amd64")
            && guest.bytes() >= LEAST_TO_GROW
            && domain.launchSecurity() == null
            && (domain.cpu() == null
                || (domain.cpu().realtime() == null && domain.cpu().numa() == null));
    Memory filled = memory.withGuest(guest);
    return grows ? filled.withMaxGuest(guest.times(HOTPLUG_RATIO)) : filled;
  }

  private static @Nullable Quantity guestSize(Memory memory, Resources resources) {
    if (resources.requests().containsKey("memory")) {
      return resources.requests().get("memory");
    }
    if (resources.limits().containsKey("memory")) {
      return resources.limits().get("memory");
    }
    return Optional.ofNullable(memory.hugepages())
        .map(Memory.Hugepages::pageSize)
        .flatMap(Quantity::parse)
        .orElse(null);
  }

  private static @Nullable Probe probe(@Nullable Probe probe) {
    if (probe == null || !hasHandler(probe)) {
      return probe;
    }
    return probe
        .withTimeoutSeconds(or(probe.timeoutSeconds(), 1))
        .withPeriodSeconds(or(probe.periodSeconds(), 10))
        .withSuccessThreshold(or(probe.successThreshold(), 1))
        .withFailureThreshold(or(probe.failureThreshold(), 3));
  }

  private static boolean hasHandler(Probe probe) {
    return probe.exec() != null
        || probe.guestAgentPing() != null
        || probe.httpGet() != null
        || probe.tcpSocket() != null;
  }

  private static int or(@Nullable Integer written, int otherwise) {
    return written == null || written == 0 ? otherwise : written;
  }
}
