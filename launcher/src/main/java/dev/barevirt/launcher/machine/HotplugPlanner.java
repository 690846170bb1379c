package dev.barevirt.launcher.machine;

import dev.barevirt.api.launcher.Placement;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.device.Devices;
import dev.barevirt.api.v1.domain.Domain;
import dev.barevirt.launcher.machine.HotplugPlan.Plug;
import dev.barevirt.launcher.machine.HotplugPlan.Unplug;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides how the disks and interfaces of a running machine become those now asked for, out of the
 * same fragments a machine is built of. Everything else of the instance waits for the next start.
 *
 * <p>A device that stays is never touched, even where a fresh start would now give it another place
 * in the boot order or another I/O thread.
 */
public final class HotplugPlanner {
  private final MachineBuilder builder;

  /** A planner that builds machines with this. */
  public HotplugPlanner(MachineBuilder builder) {
    this.builder = builder;
  }

  /**
   * Plans the change.
   *
   * @param running the machine as it is
   * @param was what it was built of
   * @param wanted what is asked for now, with its volumes and networks ready
   */
  public HotplugOutcome plan(MachinePlan running, MachineInput was, MachineInput wanted) {
    if (was.kind() == MachineKind.MICROVM && !sameDevices(was, wanted)) {
      return refused("spec.domain.machine.type", "nothing can be plugged into a microvm");
    }
    MachineInput changed = onlyPluggable(running, was, wanted);
    return switch (builder.build(changed)) {
      case MachineOutcome.Refused(List<Violation> violations) ->
          new HotplugOutcome.Refused(violations);
      case MachineOutcome.Built(MachinePlan next) ->
          new Change(running, next, pending(was.vmi(), wanted.vmi())).outcome();
    };
  }

  private static boolean sameDevices(MachineInput was, MachineInput wanted) {
    return was.devices().disks().equals(wanted.devices().disks())
        && was.devices().interfaces().equals(wanted.devices().interfaces());
  }

  private static HotplugOutcome refused(String path, String message) {
    return new HotplugOutcome.Refused(List.of(new Violation(path, Refusal.UNSUPPORTED, message)));
  }

  /** The instance as it was, with the disks, interfaces and their sources that are wanted now. */
  private static MachineInput onlyPluggable(
      MachinePlan running, MachineInput was, MachineInput wanted) {
    VirtualMachineInstanceSpec old = was.vmi().spec();
    VirtualMachineInstanceSpec fresh = wanted.vmi().spec();
    Devices devices =
        old.domain()
            .devices()
            .withDisks(fresh.domain().devices().disks())
            .withInterfaces(fresh.domain().devices().interfaces());
    Domain domain = old.domain().withDevices(devices);
    VirtualMachineInstanceSpec spec =
        old.withDomain(domain).withVolumes(fresh.volumes()).withNetworks(fresh.networks());
    return new MachineInput(
        was.vmi().withSpec(spec),
        was.host(),
        wanted.volumes(),
        wanted.networks(),
        was.kernel(),
        running.placements(),
        was.options(),
        was.paths(),
        was.now());
  }

  private static List<String> pending(VirtualMachineInstance was, VirtualMachineInstance wanted) {
    return withoutPluggable(was).equals(withoutPluggable(wanted))
        ? List.of()
        : List.of("what is neither a disk nor an interface changes at the next start");
  }

  private static VirtualMachineInstanceSpec withoutPluggable(VirtualMachineInstance vmi) {
    VirtualMachineInstanceSpec spec = vmi.spec();
    Devices devices = spec.domain().devices().withDisks(List.of()).withInterfaces(List.of());
    return spec.withDomain(spec.domain().withDevices(devices))
        .withVolumes(List.of())
        .withNetworks(List.of());
  }

  /** The difference between two machines. */
  private static final class Change {
    private final MachinePlan running;
    private final MachinePlan next;
    private final List<String> pending;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, PlacedDevice> before;
    private final Map<String, PlacedDevice> after;

    Change(MachinePlan running, MachinePlan next, List<String> pending) {
      this.running = running;
      this.next = next;
      this.pending = pending;
      this.before = byId(running);
      this.after = byId(next);
    }

    private static Map<String, PlacedDevice> byId(MachinePlan plan) {
      return plan.devices().stream()
          .filter(d -> !d.frontend().driver().equals("pcie-root-port"))
          .collect(Collectors.toMap(PlacedDevice::id, Function.identity()));
    }

    HotplugOutcome outcome() {
      List<PlacedDevice> gone =
          running.devices().stream()
              .filter(d -> before.containsKey(d.id()) && !after.containsKey(d.id()))
              .filter(d -> !isController(d))
              .toList();
      List<PlacedDevice> come =
          next.devices().stream()
              .filter(d -> after.containsKey(d.id()) && !before.containsKey(d.id()))
              .toList();
      gone.forEach(this::checkDetachable);
      come.forEach(this::checkFree);
      if (!violations.isEmpty()) {
        return new HotplugOutcome.Refused(violations);
      }
      Usage then = new Usage(running);
      Usage now = new Usage(next);
      List<Unplug> unplugs = gone.stream().map(d -> unplug(d, then)).toList();
      List<Plug> plugs = new ArrayList<>();
      List<Backend> there = new ArrayList<>(running.backends());
      for (PlacedDevice device : come) {
        List<Backend> missing = now.of(device).stream().filter(b -> !contains(there, b)).toList();
        there.addAll(missing);
        plugs.add(new Plug(sidecars(missing, next, running), missing, device));
      }
      return new HotplugOutcome.Planned(
          new HotplugPlan(unplugs, plugs, pending, merged(unplugs, plugs)));
    }

    /** A bus that disks are plugged into stays when the last of them has left it. */
    private static boolean isController(PlacedDevice device) {
      String driver = device.frontend().driver();
      return driver.startsWith("virtio-scsi-") || driver.equals("qemu-xhci");
    }

    private void checkDetachable(PlacedDevice device) {
      boolean detachable =
          switch (device.frontend().slot()) {
            case Slot.Pci pci -> pci.detachable();
            case Slot.Bus _ -> !device.frontend().driver().startsWith("ide-");
            case Slot.RootBus _, Slot.Anywhere _ -> false;
          };
      if (!detachable) {
        refuse(device, "cannot be taken out while the guest runs");
      }
    }

    private void checkFree(PlacedDevice device) {
      boolean free =
          switch (device.frontend().slot()) {
            case Slot.Pci _, Slot.RootBus _ -> isSpare(device);
            case Slot.Bus _ -> !device.frontend().driver().startsWith("ide-");
            case Slot.Anywhere _ -> false;
          };
      if (!free) {
        refuse(device, "cannot be put in while the guest runs: no place is free for it");
      }
    }

    private boolean isSpare(PlacedDevice device) {
      return next.placements().stream()
          .filter(p -> p.deviceId().equals(device.id()))
          .map(p -> new PciAddress(p.bus(), p.slot(), p.function()))
          .anyMatch(running.spare()::contains);
    }

    private void refuse(PlacedDevice device, String why) {
      violations.add(
          new Violation(
              "spec.domain.devices", Refusal.UNSUPPORTED, "device " + device.id() + " " + why));
    }

    private Unplug unplug(PlacedDevice device, Usage then) {
      List<Backend> free =
          then.of(device).stream().filter(b -> !contains(next.backends(), b)).toList();
      return new Unplug(device.id(), free.reversed(), sidecars(free, running, next));
    }

    /** The programs behind backends that one machine has and the other has not. */
    private static List<Sidecar> sidecars(
        List<Backend> backends, MachinePlan in, MachinePlan notIn) {
      return in.sidecars().stream()
          .filter(s -> notIn.sidecars().stream().noneMatch(o -> o.name().equals(s.name())))
          .filter(s -> backends.stream().anyMatch(b -> b.properties().mentions(s.socket())))
          .toList();
    }

    private static boolean contains(List<Backend> backends, Backend wanted) {
      return backends.stream()
          .anyMatch(b -> b.getClass() == wanted.getClass() && b.id().equals(wanted.id()));
    }

    private MachinePlan merged(List<Unplug> unplugs, List<Plug> plugs) {
      List<String> out = unplugs.stream().map(Unplug::deviceId).toList();
      List<Backend> outBackends = unplugs.stream().flatMap(u -> u.backends().stream()).toList();
      List<Sidecar> outSidecars = unplugs.stream().flatMap(u -> u.sidecars().stream()).toList();
      List<Placement> placements =
          Stream.concat(
                  running.placements().stream().filter(p -> !out.contains(p.deviceId())),
                  next.placements().stream()
                      .filter(
                          p -> plugs.stream().anyMatch(g -> g.device().id().equals(p.deviceId()))))
              .toList();
      return new MachinePlan(
          running.qemu(),
          running.machineType(),
          running.accelerator(),
          running.options(),
          joined(
              running.backends(), outBackends, plugs.stream().flatMap(p -> p.backends().stream())),
          joined(
              running.devices(),
              running.devices().stream().filter(d -> out.contains(d.id())).toList(),
              plugs.stream().map(Plug::device)),
          joined(
              running.sidecars(), outSidecars, plugs.stream().flatMap(p -> p.sidecars().stream())),
          running.copies(),
          running.resources(),
          placements,
          spare(placements, out));
    }

    private List<PciAddress> spare(List<Placement> placements, List<String> out) {
      Stream<PciAddress> freed =
          running.placements().stream()
              .filter(p -> out.contains(p.deviceId()))
              .map(p -> new PciAddress(p.bus(), p.slot(), p.function()));
      return Stream.concat(running.spare().stream(), freed)
          .filter(
              a ->
                  placements.stream()
                      .noneMatch(p -> new PciAddress(p.bus(), p.slot(), p.function()).equals(a)))
          .sorted()
          .distinct()
          .toList();
    }

    private static <T> List<T> joined(List<T> all, List<T> without, Stream<T> with) {
      return Stream.concat(all.stream().filter(t -> !without.contains(t)), with).toList();
    }
  }

  /** Which backends a device stands on. */
  private static final class Usage {
    private final MachinePlan plan;

    Usage(MachinePlan plan) {
      this.plan = plan;
    }

    /** The backends that the device names, and those that they name, in the plan's order. */
    List<Backend> of(PlacedDevice device) {
      List<Backend> used = new ArrayList<>();
      collect(device.frontend().properties(), used);
      return plan.backends().stream().filter(used::contains).toList();
    }

    private void collect(Properties properties, List<Backend> used) {
      for (Backend backend : plan.backends()) {
        if (properties.mentions(backend.id()) && !used.contains(backend)) {
          used.add(backend);
          collect(backend.properties(), used);
        }
      }
    }
  }
}
