package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.PortForward;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.api.v1.source.Volume;
import dev.barevirt.api.yaml.YamlReader;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.HostFacts.Feature;
import dev.barevirt.launcher.machine.HostFacts.SidecarProgram;
import dev.barevirt.launcher.machine.Hosts;
import dev.barevirt.launcher.machine.MachineBuilder;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineOutcome;
import dev.barevirt.launcher.machine.MachinePaths;
import dev.barevirt.launcher.machine.PreparedVolume;
import dev.barevirt.launcher.machine.PreparedVolume.BlockSizes;
import dev.barevirt.launcher.machine.PreparedVolume.Format;
import dev.barevirt.launcher.machine.PreparedVolume.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One example of disks, interfaces and shared directories: a manifest beside the command line it
 * becomes. Its volumes are prepared by their source alone, so that nothing must exist: a container
 * disk is an overlay over a raw image, an empty disk a qcow2 image, a claim a block device, a host
 * disk a raw file; a network's name says what it is connected to.
 *
 * @param name the file's name without its ending
 * @param vmi the instance
 * @param newQemu whether the host has QEMU 10.0 instead of 7.2
 * @param real whether the QEMU and the privileges of a test machine can run it
 */
record MediaCase(String name, VirtualMachineInstance vmi, boolean newQemu, boolean real) {
  static final Path DIRECTORY = Path.of("src/test/resources/golden/media");
  static final MachineBuilder BUILDER =
      new MachineBuilder(
          List.of(
              new DiskMapper(),
              new FilesystemMapper(),
              new InterfaceMapper(),
              new IoThreadsMapper()));

  static Stream<MediaCase> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(MediaCase::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static MediaCase read(Path file) {
    try {
      String yaml = Files.readString(file);
      String name = file.getFileName().toString().replace(".yaml", "");
      return switch (YamlReader.read(VirtualMachineInstance.class, yaml)) {
        case Reading.Accepted<VirtualMachineInstance>(VirtualMachineInstance vmi) ->
            new MediaCase(name, vmi, yaml.contains("# QEMU 10.0"), !yaml.contains("# not here"));
        case Reading.Refused<VirtualMachineInstance> refused ->
            throw new AssertionError(name + ": " + refused.violations());
      };
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  MachineOutcome build(String directory) {
    return BUILDER.build(input(directory, newQemu ? qemu10() : qemu7()));
  }

  MachineInput input(String directory, HostFacts host) {
    Map<String, PreparedVolume> volumes = new HashMap<>();
    for (Volume volume : vmi.spec().volumes()) {
      String volumeName = String.valueOf(volume.name());
      if (volume.downwardAPI() == null) {
        volumes.put(volumeName, prepared(directory, volumeName, volume));
      }
    }
    Map<String, GivenNetwork> networks = new HashMap<>();
    for (Network network : vmi.spec().networks()) {
      String networkName = String.valueOf(network.name());
      networks.put(networkName, given(networkName));
    }
    return new MachineInput(
        vmi,
        host,
        volumes,
        networks,
        null,
        List.of(),
        GuestOptions.DEFAULT,
        new MachinePaths(directory + "/run", directory),
        Instant.EPOCH);
  }

  private static PreparedVolume prepared(String directory, String name, Volume volume) {
    if (volume.configMap() != null) {
      return new PreparedVolume.Directory(name, directory + "/" + name);
    }
    String path = directory + "/" + name;
    List<Layer> layers;
    if (volume.containerDisk() != null) {
      layers =
          List.of(
              new Layer(path + ".qcow2", Format.QCOW2, false, false),
              new Layer(path + ".base.raw", Format.RAW, false, true));
    } else if (volume.emptyDisk() != null) {
      layers = List.of(new Layer(path + ".qcow2", Format.QCOW2, false, false));
    } else if (volume.persistentVolumeClaim() != null) {
      boolean readOnly = Boolean.TRUE.equals(volume.persistentVolumeClaim().readOnly());
      layers = List.of(new Layer("/dev/" + name, Format.RAW, true, readOnly));
    } else {
      layers = List.of(new Layer(path + ".raw", Format.RAW, false, false));
    }
    return new PreparedVolume.Disk(
        name, layers, !name.contains("tmpfs"), name.contains("full"), new BlockSizes(4096, 4096));
  }

  private static GivenNetwork given(String name) {
    return switch (name.replaceAll("-.*", "")) {
      case "tap" -> new GivenNetwork(name, GivenNetwork.Kind.TAP, "tap7", null, List.of());
      case "bridge" -> new GivenNetwork(name, GivenNetwork.Kind.BRIDGE, null, "br0", List.of());
      case "none" -> new GivenNetwork(name, GivenNetwork.Kind.NONE, null, null, List.of());
      case "forward" ->
          new GivenNetwork(
              name,
              GivenNetwork.Kind.USER,
              null,
              null,
              List.of(
                  new PortForward(PortForward.Protocol.TCP, null, 2222, 22),
                  new PortForward(PortForward.Protocol.UDP, "0.0.0.0", 5353, 53)));
      default -> new GivenNetwork(name, GivenNetwork.Kind.USER, null, null, List.of());
    };
  }

  static HostFacts qemu7() {
    return host(
        new HostFacts.QemuVersion(7, 2, 22),
        Hosts.DEVICES,
        Set.of(Feature.NATIVE_AIO, Feature.NETDEV_USER, Feature.NETDEV_STREAM, Feature.MEMFD),
        Map.of());
  }

  private static HostFacts qemu10() {
    return host(
        new HostFacts.QemuVersion(10, 0, 0),
        Stream.concat(Hosts.DEVICES.stream(), Stream.of("igb")).collect(Collectors.toSet()),
        Set.of(
            Feature.NATIVE_AIO,
            Feature.IO_URING,
            Feature.NETDEV_USER,
            Feature.NETDEV_STREAM,
            Feature.MEMFD,
            Feature.VHOST_NET,
            Feature.IOTHREAD_VQ_MAPPING_BLK),
        Map.of(
            HostFacts.Sidecar.PASST,
            new SidecarProgram("/usr/bin/passt", "2025", Set.of("vhost-user", "map-host-loopback")),
            HostFacts.Sidecar.VIRTIOFSD,
            new SidecarProgram("/usr/libexec/virtiofsd", "1.13", Set.of("shared-dir"))));
  }

  private static HostFacts host(
      HostFacts.QemuVersion version,
      Set<String> devices,
      Set<Feature> features,
      Map<HostFacts.Sidecar, SidecarProgram> sidecars) {
    return new HostFacts(
        "qemu-system-x86_64",
        version,
        HostFacts.Accelerator.TCG,
        List.of(),
        devices,
        List.of(),
        features,
        List.of(),
        sidecars,
        Map.of());
  }

  @Override
  public String toString() {
    return name;
  }
}
