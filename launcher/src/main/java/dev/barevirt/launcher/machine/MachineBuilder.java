package dev.barevirt.launcher.machine;

import dev.barevirt.api.launcher.Placement;
import dev.barevirt.api.rules.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Folds the mappers' fragments into one machine, or into all the reasons why there is none.
 *
 * <p>The order of mappers decides only which of two devices gets the lower of two free addresses.
 * Two fragments may bring the same part, such as the controller both their devices sit on; it is
 * put in once.
 */
public final class MachineBuilder {
  /** The memory from which on a guest gets twice the ports. */
  private static final long LARGE_GUEST = 2L << 30;

  private static final int KVM_MMIO_TRANSPORTS = 8;
  private static final int MMIO_TRANSPORTS = 24;

  private final List<DeviceMapper> mappers;

  /** A builder of machines out of what these mappers give. */
  public MachineBuilder(List<DeviceMapper> mappers) {
    this.mappers = List.copyOf(mappers);
  }

  /** Builds the machine of an input. */
  public MachineOutcome build(MachineInput in) {
    Fragment all =
        mappers.stream().map(mapper -> mapper.map(in)).reduce(Fragment.empty(), Fragment::plus);
    List<Violation> violations = new ArrayList<>(all.violations());
    List<Frontend> frontends = once(all.frontends(), Frontend::id, "device", violations);
    List<Backend> backends = once(all.backends(), MachineBuilder::identity, "backend", violations);
    violations.addAll(contradictions(all.options()));
    Placing placing = PciPlacement.place(topology(in), frontends, in.placements());
    violations.addAll(placing.violations());
    violations.addAll(unknownDevices(in.host(), frontends));
    if (!violations.isEmpty()) {
      return new MachineOutcome.Refused(violations.stream().distinct().toList());
    }
    return new MachineOutcome.Built(plan(in, all, ranked(backends), placing));
  }

  /** Devices that this QEMU was built without, or is too old for. */
  private static List<Violation> unknownDevices(HostFacts host, List<Frontend> frontends) {
    if (host.devices().isEmpty()) {
      return List.of();
    }
    return frontends.stream()
        .filter(frontend -> !host.devices().contains(frontend.driver()))
        .map(
            frontend ->
                new Violation(
                    "spec.domain.devices",
                    Refusal.UNSUPPORTED,
                    "QEMU %s has no device %s, needed for %s"
                        .formatted(host.version(), frontend.driver(), frontend.id())))
        .toList();
  }

  private static List<Backend> ranked(List<Backend> backends) {
    return backends.stream().sorted(Comparator.comparingInt(MachineBuilder::rank)).toList();
  }

  private static MachinePlan plan(
      MachineInput in, Fragment all, List<Backend> backends, Placing placing) {
    Fragment ordered =
        new Fragment(
            backends,
            placing.devices().stream().map(PlacedDevice::frontend).toList(),
            all.options(),
            List.of(),
            List.of(),
            List.of());
    return new MachinePlan(
        in.host().qemu(),
        in.host()
            .machine(in.machineType())
            .map(HostFacts.MachineType::name)
            .orElse(in.machineType()),
        in.host().accelerator(),
        all.options().stream().distinct().toList(),
        backends,
        placing.devices(),
        all.sidecars().stream().distinct().toList(),
        all.copies().stream().distinct().toList(),
        ordered.resources(),
        placing.addresses().stream()
            .map(
                given ->
                    new Placement(
                        given.deviceId(),
                        given.address().bus(),
                        given.address().slot(),
                        given.address().function()))
            .toList(),
        placing.spare());
  }

  private static Topology topology(MachineInput in) {
    return switch (in.kind()) {
      case Q35 -> q35(in);
      case PC -> new PcTopology(!hotplugDisabled(in));
      case MICROVM -> new MicrovmTopology(in.host().kvm() ? KVM_MMIO_TRANSPORTS : MMIO_TRANSPORTS);
    };
  }

  private static Topology q35(MachineInput in) {
    if (hotplugDisabled(in)) {
      return new Q35Topology(0, 0);
    }
    Integer asked = in.options().hotplugPorts();
    if (asked != null) {
      return new Q35Topology(0, asked);
    }
    return GuestMemory.of(in.vmi()) > LARGE_GUEST ? new Q35Topology(16, 6) : new Q35Topology(8, 3);
  }

  private static boolean hotplugDisabled(MachineInput in) {
    return Boolean.TRUE.equals(in.devices().disableHotplug());
  }

  private static String identity(Backend backend) {
    return backend.getClass().getSimpleName() + "/" + backend.id();
  }

  private static int rank(Backend backend) {
    return switch (backend) {
      case Backend.QemuObject _ -> 0;
      case Backend.Chardev _ -> 1;
      case Backend.Tpmdev _ -> 2;
      case Backend.Blockdev _ -> 3;
      case Backend.Netdev _ -> 4;
      case Backend.Audiodev _ -> 5;
    };
  }

  /** Each part once; two different ones of one identity are two names of the user's that clash. */
  private static <T> List<T> once(
      List<T> parts, Function<T, String> identity, String what, List<Violation> violations) {
    Map<String, T> seen = new LinkedHashMap<>();
    for (T part : parts) {
      T before = seen.putIfAbsent(identity.apply(part), part);
      if (before != null && !before.equals(part)) {
        violations.add(
            new Violation(
                "spec.domain.devices",
                Refusal.INVALID,
                "two of them would be the %s %s".formatted(what, identity.apply(part))));
      }
    }
    return List.copyOf(seen.values());
  }

  /** Settings that two fields ask for differently. */
  private static List<Violation> contradictions(List<MachineOption> options) {
    Map<String, String> seen = new HashMap<>();
    List<Violation> found = new ArrayList<>();
    for (MachineOption option : options) {
      if (option instanceof MachineOption.Setting setting) {
        String key = setting.flag().text() + " " + setting.key();
        String before = seen.putIfAbsent(key, setting.value());
        if (before != null && !before.equals(setting.value())) {
          found.add(
              new Violation(
                  "spec.domain",
                  Refusal.INVALID,
                  "%s is asked to be %s and %s".formatted(key, before, setting.value())));
        }
      }
    }
    return found;
  }
}
