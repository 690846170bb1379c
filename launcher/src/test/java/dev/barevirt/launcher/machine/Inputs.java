package dev.barevirt.launcher.machine;

import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.Placement;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Inputs for tests: an instance on a host, with everything else at its plainest. */
public final class Inputs {
  /** The paths that goldens have. */
  public static final MachinePaths PATHS = new MachinePaths("/run/guest", "/var/guest");

  /** The time at which machines of tests are built. */
  public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private Inputs() {}

  /** An instance on Debian 12's QEMU without KVM. */
  public static MachineInput of(VirtualMachineInstance vmi) {
    return of(vmi, Hosts.emulating());
  }

  /** An instance on a host. */
  public static MachineInput of(VirtualMachineInstance vmi, HostFacts host) {
    return new MachineInput(
        vmi, host, Map.of(), Map.of(), null, List.of(), GuestOptions.DEFAULT, PATHS, NOW);
  }

  /** The same with a kernel to boot. */
  public static MachineInput withKernel(MachineInput in, GivenKernel kernel) {
    return new MachineInput(
        in.vmi(),
        in.host(),
        in.volumes(),
        in.networks(),
        kernel,
        in.placements(),
        in.options(),
        in.paths(),
        in.now());
  }

  /** The same with volumes. */
  public static MachineInput withVolumes(MachineInput in, Map<String, PreparedVolume> volumes) {
    return new MachineInput(
        in.vmi(),
        in.host(),
        volumes,
        in.networks(),
        in.kernel(),
        in.placements(),
        in.options(),
        in.paths(),
        in.now());
  }

  /** The same with connections. */
  public static MachineInput withNetworks(MachineInput in, Map<String, GivenNetwork> networks) {
    return new MachineInput(
        in.vmi(),
        in.host(),
        in.volumes(),
        networks,
        in.kernel(),
        in.placements(),
        in.options(),
        in.paths(),
        in.now());
  }

  /** The same with other options. */
  public static MachineInput withOptions(MachineInput in, GuestOptions options) {
    return new MachineInput(
        in.vmi(),
        in.host(),
        in.volumes(),
        in.networks(),
        in.kernel(),
        in.placements(),
        options,
        in.paths(),
        in.now());
  }

  /** The same with addresses of an earlier run. */
  public static MachineInput withPlacements(MachineInput in, List<Placement> placements) {
    return new MachineInput(
        in.vmi(),
        in.host(),
        in.volumes(),
        in.networks(),
        in.kernel(),
        placements,
        in.options(),
        in.paths(),
        in.now());
  }
}
