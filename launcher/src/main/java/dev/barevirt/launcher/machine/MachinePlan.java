package dev.barevirt.launcher.machine;

import dev.barevirt.api.launcher.Placement;
import java.util.List;

/**
 * A machine ready to be rendered and run.
 *
 * @param qemu the QEMU binary
 * @param machineType the versioned machine type
 * @param accelerator what will run the guest's code
 * @param options machine-wide options, merged
 * @param backends the host's sides of devices, in the order QEMU needs
 * @param devices the devices with their buses and addresses, in the order QEMU needs
 * @param sidecars programs to start before QEMU
 * @param copies files to be there before QEMU starts
 * @param resources what QEMU inherits open, in the order of its descriptors
 * @param placements the PCI addresses given, to be stored
 * @param spare the addresses left free for devices plugged in later
 */
public record MachinePlan(
    String qemu,
    String machineType,
    HostFacts.Accelerator accelerator,
    List<MachineOption> options,
    List<Backend> backends,
    List<PlacedDevice> devices,
    List<Sidecar> sidecars,
    List<FileCopy> copies,
    List<HostResource> resources,
    List<Placement> placements,
    List<PciAddress> spare) {
  /** Copies the lists. */
  public MachinePlan {
    options = List.copyOf(options);
    backends = List.copyOf(backends);
    devices = List.copyOf(devices);
    sidecars = List.copyOf(sidecars);
    copies = List.copyOf(copies);
    resources = List.copyOf(resources);
    placements = List.copyOf(placements);
    spare = List.copyOf(spare);
  }

  /** The same machine with other machine-wide options. */
  public MachinePlan withOptions(List<MachineOption> others) {
    return new MachinePlan(
        qemu,
        machineType,
        accelerator,
        others,
        backends,
        devices,
        sidecars,
        copies,
        resources,
        placements,
        spare);
  }

  /** The descriptor numbers QEMU inherits, from {@code first} on. */
  public FdTable fds(int first) {
    return FdTable.assign(resources, first);
  }
}
