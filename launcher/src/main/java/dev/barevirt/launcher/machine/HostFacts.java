package dev.barevirt.launcher.machine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What this host and its QEMU can do; probed once and cached, the same for every guest.
 *
 * @param qemu the path of the QEMU binary
 * @param version its version
 * @param accelerator what can run a guest here, found out by running one
 * @param machines the machine types it knows
 * @param devices the device types it knows
 * @param cpuModels the CPU models it knows, under this accelerator
 * @param features what it can do beyond that
 * @param firmware the UEFI images the host has, the preferred first
 * @param sidecars the helper programs the host has
 * @param hugepages free huge pages by page size in bytes
 */
public record HostFacts(
    String qemu,
    QemuVersion version,
    Accelerator accelerator,
    List<MachineType> machines,
    Set<String> devices,
    List<CpuModel> cpuModels,
    Set<Feature> features,
    List<Firmware> firmware,
    Map<Sidecar, SidecarProgram> sidecars,
    Map<Long, Long> hugepages) {

  /** Copies the collections. */
  public HostFacts {
    machines = List.copyOf(machines);
    devices = Set.copyOf(devices);
    cpuModels = List.copyOf(cpuModels);
    features = Set.copyOf(features);
    firmware = List.copyOf(firmware);
    sidecars = Map.copyOf(sidecars);
    hugepages = Map.copyOf(hugepages);
  }

  /** What runs a guest's code. */
  public enum Accelerator {
    /** The processor itself. */
    KVM,
    /** QEMU's emulator. */
    TCG
  }

  /** What QEMU or the host's kernel can do or not. */
  public enum Feature {
    /** {@code aio=io_uring} works under QEMU's sandbox. */
    IO_URING,
    /** {@code aio=native} works. */
    NATIVE_AIO,
    /** {@code -netdev stream}. */
    NETDEV_STREAM,
    /** {@code -netdev user}: slirp is built in. */
    NETDEV_USER,
    /** {@code /dev/vhost-net} opens. */
    VHOST_NET,
    /** {@code /dev/vhost-vsock} opens. */
    VHOST_VSOCK,
    /** {@code /dev/net/tun} opens. */
    TUN,
    /** virtio-blk spreads its queues over several I/O threads. */
    IOTHREAD_VQ_MAPPING_BLK,
    /** virtio-scsi spreads its queues over several I/O threads. */
    IOTHREAD_VQ_MAPPING_SCSI,
    /** Chardevs and streams take {@code reconnect-ms} and no longer {@code reconnect}. */
    RECONNECT_MS,
    /** Memory as a sealed anonymous file. */
    MEMFD
  }

  /** The helper programs that stand beside QEMU. */
  public enum Sidecar {
    /** User-mode networking. */
    PASST,
    /** Shared directories. */
    VIRTIOFSD,
    /** A software TPM. */
    SWTPM
  }

  /**
   * A helper program.
   *
   * @param path the executable
   * @param version as it says, for people
   * @param abilities what it can do: {@code vhost-user} (passt), {@code sandbox}, {@code
   *     announce-submounts} (virtiofsd), {@code seccomp} (swtpm)…, named after its options
   */
  public record SidecarProgram(String path, String version, Set<String> abilities) {
    /** Copies the abilities. */
    public SidecarProgram {
      abilities = Set.copyOf(abilities);
    }

    /** Whether it has an ability. */
    public boolean can(String ability) {
      return abilities.contains(ability);
    }

    /**
     * Of a passt: whether clients of a forwarded TCP port hear a server that speaks first. One of
     * before August 2023 ends the handshake only when the client has sent something, so a client
     * that waits for a greeting (ssh, SMTP, most databases) waits for ever. Debian 12's does not
     * know its own version; an option of 2024 tells a newer one.
     */
    public boolean forwardsGreetings() {
      return can("map-host-loopback");
    }
  }

  /**
   * A QEMU version.
   *
   * @param major 7 of 7.2.22
   * @param minor 2 of 7.2.22
   * @param micro 22 of 7.2.22
   */
  public record QemuVersion(int major, int minor, int micro) {
    /** Whether it is this version or a later one. */
    public boolean atLeast(int otherMajor, int otherMinor) {
      return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    @Override
    public String toString() {
      return major + "." + minor + "." + micro;
    }
  }

  /**
   * A machine type.
   *
   * @param name the versioned name
   * @param aliases other names of it: {@code q35} of {@code pc-q35-7.2}
   * @param maxCpus the most virtual CPUs
   * @param deprecated whether QEMU will drop it
   */
  public record MachineType(String name, List<String> aliases, int maxCpus, boolean deprecated) {
    /** Copies the aliases. */
    public MachineType {
      aliases = List.copyOf(aliases);
    }
  }

  /**
   * A CPU model.
   *
   * @param name its name
   * @param aliasOf the versioned model it stands for; empty when it is one itself
   * @param unavailableFeatures features this host cannot give it
   */
  public record CpuModel(String name, String aliasOf, List<String> unavailableFeatures) {
    /** Copies the features. */
    public CpuModel {
      unavailableFeatures = List.copyOf(unavailableFeatures);
    }
  }

  /**
   * A UEFI image, from a firmware descriptor.
   *
   * @param executable the code, mapped read-only
   * @param varsTemplate the template of the variable store
   * @param machines patterns of machine types it runs on, such as {@code pc-q35-*}
   * @param features its features: {@code secure-boot}, {@code requires-smm}, {@code enrolled-keys}…
   */
  public record Firmware(
      String executable, String varsTemplate, List<String> machines, Set<String> features) {
    /** Copies the collections. */
    public Firmware {
      machines = List.copyOf(machines);
      features = Set.copyOf(features);
    }
  }

  /** Whether the host has a feature. */
  public boolean has(Feature feature) {
    return features.contains(feature);
  }

  /** Whether guests run on the processor itself. */
  public boolean kvm() {
    return accelerator == Accelerator.KVM;
  }

  /** The machine type of that name or alias. */
  public Optional<MachineType> machine(String nameOrAlias) {
    return machines.stream()
        .filter(m -> m.name().equals(nameOrAlias) || m.aliases().contains(nameOrAlias))
        .findFirst();
  }

  /** The CPU model of that name. */
  public Optional<CpuModel> cpuModel(String name) {
    return cpuModels.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  /** The helper program, when the host has it. */
  public Optional<SidecarProgram> sidecar(Sidecar which) {
    return Optional.ofNullable(sidecars.get(which));
  }
}
