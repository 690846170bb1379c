package dev.barevirt.launcher.machine;

import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.Placement;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.device.Devices;
import dev.barevirt.api.v1.domain.Domain;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that decides what a machine looks like.
 *
 * @param vmi the guest, as asked for
 * @param host what the host can do
 * @param volumes the prepared volumes by their name in the instance
 * @param networks the connections by network name
 * @param kernel the kernel to boot directly
 * @param placements addresses of an earlier run
 * @param options what the instance's API has no field for
 * @param paths where the guest's files are
 * @param now the time at which the machine is built
 */
public record MachineInput(
    VirtualMachineInstance vmi,
    HostFacts host,
    Map<String, PreparedVolume> volumes,
    Map<String, GivenNetwork> networks,
    @Nullable GivenKernel kernel,
    List<Placement> placements,
    GuestOptions options,
    MachinePaths paths,
    Instant now) {

  /** Copies the collections. */
  public MachineInput {
    volumes = Map.copyOf(volumes);
    networks = Map.copyOf(networks);
    placements = List.copyOf(placements);
  }

  /** The prepared volume of that name. */
  public Optional<PreparedVolume> volume(String name) {
    return Optional.ofNullable(volumes.get(name));
  }

  /** The connection of the network of that name. */
  public Optional<GivenNetwork> network(String name) {
    return Optional.ofNullable(networks.get(name));
  }

  /** The machine type when nobody names one. */
  public static final String DEFAULT_MACHINE = "q35";

  /** What the guest is made of. */
  public Domain domain() {
    return vmi.spec().domain();
  }

  /** The guest's devices. */
  public Devices devices() {
    return domain().devices();
  }

  /** The machine type as it was asked for or stored; may be an alias, may be unknown to QEMU. */
  public String machineType() {
    if (options.machineType() != null) {
      return options.machineType();
    }
    return domain().machine() == null || domain().machine().type().isEmpty()
        ? DEFAULT_MACHINE
        : domain().machine().type();
  }

  /** The machine's family. */
  public MachineKind kind() {
    return MachineKind.of(machineType());
  }

  /**
   * The virtio device of a kind, as this machine's bus has it: behind PCI Express without the
   * legacy interface, with it when the guest is too old to do without, on virtio-mmio as it is.
   *
   * @param device {@code blk}, {@code net}, {@code scsi}…
   */
  public String virtio(String device) {
    if (kind() == MachineKind.MICROVM) {
      return "virtio-" + device + "-device";
    }
    return "virtio-" + device + "-pci" + (transitional() ? "-transitional" : "-non-transitional");
  }

  private boolean transitional() {
    return Boolean.TRUE.equals(devices().useVirtioTransitional());
  }

  /**
   * Whether programs beside QEMU look into the guest's memory: shared directories, and user-mode
   * networking over vhost-user.
   */
  public boolean sharesMemory() {
    boolean passt =
        host.sidecar(HostFacts.Sidecar.PASST).filter(p -> p.can("vhost-user")).isPresent()
            && networks.values().stream().anyMatch(n -> n.kind() == GivenNetwork.Kind.USER);
    return passt || !devices().filesystems().isEmpty();
  }

  /** The number of virtual CPUs the guest starts with. */
  public long vcpus() {
    return CpuLayout.of(domain()).vcpus();
  }
}
