package dev.barevirt.launcher.machine;

import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.api.v1.source.Volume;
import dev.barevirt.launcher.machine.PreparedVolume.BlockSizes;
import dev.barevirt.launcher.machine.PreparedVolume.Format;
import dev.barevirt.launcher.machine.PreparedVolume.Layer;
import dev.barevirt.launcher.machine.device.DeviceMappers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The examples of the documentation, each with the machine it is expected to become. */
public final class Examples {
  private static final Path MANIFESTS = Path.of("../docs/examples/launcher");
  private static final Path GOLDENS = Path.of("src/test/resources/golden");
  private static final String HOST_LABEL = "launcher.barevirt.dev/host";

  private Examples() {}

  /** All of them, by name. */
  public static List<Example> all() {
    try (Stream<Path> files = Files.list(MANIFESTS)) {
      return files
          .filter(f -> f.toString().endsWith(".yaml"))
          .sorted()
          .map(Examples::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("list " + MANIFESTS.toAbsolutePath(), e);
    }
  }

  private static Example read(Path file) {
    try {
      String name = file.getFileName().toString().replace(".yaml", "");
      return new Example(name, Vmis.manifest(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("read " + file, e);
    }
  }

  /**
   * An example.
   *
   * @param name its file's name
   * @param vmi the instance
   */
  public record Example(String name, VirtualMachineInstance vmi) {
    /** Whether it is for a host with KVM and the newest QEMU. */
    public boolean needsKvm() {
      return "kvm".equals(vmi.metadata().labels().get(HOST_LABEL));
    }

    /** Its machine on the host it is for. */
    public MachineInput input() {
      return input(needsKvm() ? Hosts.virtualising() : Hosts.emulating(), Inputs.PATHS, "/images");
    }

    /** Its machine on a host. */
    public MachineInput input(HostFacts host, MachinePaths paths, String images) {
      boolean kernel =
          vmi.spec().domain().firmware() != null
              && vmi.spec().domain().firmware().kernelBoot() != null;
      return new MachineInput(
          vmi,
          host,
          volumes(images),
          networks(),
          kernel ? new GivenKernel(images + "/vmlinuz", images + "/initrd.gz") : null,
          List.of(),
          GuestOptions.DEFAULT,
          paths,
          Inputs.NOW);
    }

    private Map<String, PreparedVolume> volumes(String images) {
      Map<String, PreparedVolume> volumes = new HashMap<>();
      for (Volume volume : vmi.spec().volumes()) {
        volumes.put(volume.name(), prepared(volume, images));
      }
      return volumes;
    }

    private PreparedVolume prepared(Volume volume, String images) {
      String path = images + "/" + volume.name();
      boolean shared =
          vmi.spec().domain().devices().filesystems().stream()
              .anyMatch(f -> volume.name().equals(f.name()));
      if (shared || isTable(volume)) {
        return new PreparedVolume.Directory(volume.name(), path);
      }
      if (volume.containerDisk() != null || volume.ephemeral() != null) {
        return new PreparedVolume.Disk(
            volume.name(),
            List.of(
                new Layer(path + ".qcow2", Format.QCOW2, false, false),
                new Layer(path + ".base", Format.RAW, false, true)),
            true,
            false,
            BlockSizes.CLASSIC);
      }
      boolean qcow2 = volume.emptyDisk() != null;
      return new PreparedVolume.Disk(
          volume.name(),
          List.of(
              new Layer(
                  path + (qcow2 ? ".qcow2" : ".img"),
                  qcow2 ? Format.QCOW2 : Format.RAW,
                  volume.persistentVolumeClaim() != null,
                  false)),
          true,
          false,
          BlockSizes.CLASSIC);
    }

    private boolean isTable(Volume volume) {
      var firmware = vmi.spec().domain().firmware();
      return firmware != null
          && firmware.acpi() != null
          && (volume.name().equals(firmware.acpi().slicNameRef())
              || volume.name().equals(firmware.acpi().msdmNameRef()));
    }

    private Map<String, GivenNetwork> networks() {
      Map<String, GivenNetwork> networks = new HashMap<>();
      for (Network network : vmi.spec().networks()) {
        boolean pod = network.pod() != null;
        networks.put(
            network.name(),
            new GivenNetwork(
                network.name(),
                pod ? GivenNetwork.Kind.USER : GivenNetwork.Kind.TAP,
                pod ? null : "tap-" + network.name(),
                null,
                List.of()));
      }
      return networks;
    }

    /** The machine. */
    public MachinePlan plan() {
      return plan(input());
    }

    /** The machine of an input made of it. */
    MachinePlan plan(MachineInput in) {
      return switch (new MachineBuilder(DeviceMappers.ALL).build(in)) {
        case MachineOutcome.Built(MachinePlan plan) -> plan;
        case MachineOutcome.Refused refused ->
            throw new AssertionError(name + " is refused: " + refused.violations());
      };
    }

    @Override
    public String toString() {
      return name;
    }

    /** What is compared: what the launcher spawns, an argument a line, and what runs beside it. */
    public String rendered() {
      MachinePlan plan = plan();
      StringBuilder text = new StringBuilder();
      for (Sidecar sidecar : plan.sidecars()) {
        text.append("# ").append(sidecar.program()).append(' ');
        text.append(String.join(" ", sidecar.args())).append('\n');
      }
      for (FileCopy copy : plan.copies()) {
        text.append("# copy ").append(copy).append('\n');
      }
      for (String argument : CommandLineRenderer.spawned(plan, plan.fds(FdTable.FIRST))) {
        text.append(argument).append('\n');
      }
      text.append("# spare ").append(plan.spare().size()).append('\n');
      return text.toString();
    }

    /** What it was. */
    String golden() {
      try {
        return Files.readString(goldenFile());
      } catch (IOException e) {
        throw new UncheckedIOException("read the golden of " + name, e);
      }
    }

    void writeGolden(String text) {
      try {
        Files.createDirectories(GOLDENS);
        Files.writeString(goldenFile(), text);
      } catch (IOException e) {
        throw new UncheckedIOException("write the golden of " + name, e);
      }
    }

    private Path goldenFile() {
      return GOLDENS.resolve(name + ".argv");
    }
  }
}
