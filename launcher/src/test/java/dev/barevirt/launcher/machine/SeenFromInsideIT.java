package dev.barevirt.launcher.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.machine.device.DeviceMappers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Boots the micro guest under emulation in machines with many devices and lets it say, over its
 * serial console, what it sees of them.
 */
class SeenFromInsideIT {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final Path GUESTS =
      Path.of(System.getProperty("barevirt.guests", "../target/guests")).toAbsolutePath();
  private static final String END = "nothing more to see";

  private final List<Process> children = new ArrayList<>();
  private Path directory = Path.of("/tmp");

  @BeforeEach
  void makeShortDirectory() throws IOException {
    directory = Files.createTempDirectory(Path.of("/tmp"), "bv");
  }

  @AfterEach
  void clearUp() throws IOException {
    children.forEach(Process::destroyForcibly);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Test
  void aMachineWithManyDevices() throws Exception {
    String seen =
        boot(
            """
            cpu: {sockets: 2, cores: 2}
            memory: {guest: 256Mi}
            firmware:
              uuid: 5d307ca9-b3ef-428c-8861-06e72d69f223
              serial: e4686d2c,6e8d
              kernelBoot:
                kernelArgs: ARGS
                container: {image: micro}
            chassis: {manufacturer: "Acme, Inc.", asset: a-1, sku: s-1}
            clock:
              utc: {offsetSeconds: -86400}
            devices:
              rng: {}
              tpm: {}
              watchdog: {name: w, i6300esb: {action: poweroff}}
              sound: {name: s}
              downwardMetrics: {}
              panicDevices: [{model: pvpanic}]
              video: {type: bochs}
              inputs:
              - {name: t, type: tablet, bus: virtio}
              - {name: u, type: tablet, bus: usb}
            """,
            """
            echo cpus=$(grep -c ^processor /proc/cpuinfo)
            echo cores=$(cat /sys/devices/system/cpu/cpu0/topology/core_cpus_list /sys/devices/system/cpu/cpu3/topology/physical_package_id)
            for f in product_uuid product_serial sys_vendor chassis_vendor chassis_asset_tag; do
              echo $f=$(cat /sys/class/dmi/id/$f)
            done
            for d in /sys/bus/pci/devices/*; do
              echo pci=${d##*/},$(cat $d/vendor),$(cat $d/device)
            done
            for p in /sys/class/virtio-ports/*; do echo port=$(cat $p/name); done
            for a in /sys/bus/acpi/devices/*/hid; do echo acpi=$(cat $a); done
            for r in /sys/class/rtc/rtc0; do echo rtc=$(cat $r/date); done
            """);

    assertThat(seen)
        .contains("cpus=4")
        .contains("cores=0 1")
        .contains("product_uuid=5d307ca9-b3ef-428c-8861-06e72d69f223")
        .contains("product_serial=e4686d2c,6e8d")
        .contains("sys_vendor=KubeVirt")
        .contains("chassis_vendor=Acme, Inc.")
        .contains("chassis_asset_tag=a-1")
        .contains("port=org.qemu.guest_agent.0")
        .contains("port=org.github.vhostmd.1")
        .contains("acpi=MSFT0101")
        .contains("rtc=2026-01-01");
    assertThat(seen)
        .as("display, watchdog, sound, panic device on the root bus")
        .contains("pci=0000:00:01.0,0x1234,0x1111")
        .contains(",0x8086,0x25ab")
        .contains(",0x8086,0x293e")
        .contains(",0x1b36,0x0011");
    assertThat(seen)
        .as("modern virtio behind ports: balloon, channels, input, entropy")
        .contains("pci=0000:01:00.0,0x1af4,0x1045")
        .contains(",0x1af4,0x1043")
        .contains(",0x1af4,0x1052")
        .contains(",0x1af4,0x1044")
        .contains(",0x1b36,0x000d");
  }

  @Test
  void aMicrovm() throws Exception {
    String seen =
        boot(
            """
            machine: {type: microvm}
            memory: {guest: 128Mi}
            firmware:
              kernelBoot:
                kernelArgs: ARGS
                container: {image: micro}
            devices:
              rng: {}
            """,
            """
            for d in /sys/bus/virtio/devices/*; do echo virtio=$(cat $d/device); done
            ls -d /sys/bus/pci/devices/* 2>/dev/null | sed s/^/pci=/
            for p in /sys/class/virtio-ports/*; do echo port=$(cat $p/name); done
            """);

    assertThat(seen)
        .contains("virtio=0x0003", "virtio=0x0004", "virtio=0x0005")
        .contains("port=org.qemu.guest_agent.0")
        .doesNotContain("pci=");
  }

  @Test
  void conventionalPci() throws Exception {
    String seen =
        boot(
            """
            machine: {type: pc}
            cpu: {model: qemu64}
            memory: {guest: 128Mi}
            firmware:
              kernelBoot:
                kernelArgs: ARGS
                container: {image: micro}
            devices:
              useVirtioTransitional: true
              rng: {}
              video: {type: cirrus}
            """,
            """
            for d in /sys/bus/pci/devices/*; do
              echo pci=${d##*/},$(cat $d/vendor),$(cat $d/device)
            done
            grep 'model name' /proc/cpuinfo
            """);

    assertThat(seen)
        .contains("pci=0000:00:02.0,0x1013,0x00b8")
        .contains(",0x1af4,0x1002")
        .contains(",0x1af4,0x1005")
        .contains("QEMU Virtual CPU");
  }

  /** Boots the guest, has it run a script at its end of booting, and gives what it said. */
  private String boot(String domain, String script) throws Exception {
    assertThat(GUESTS.resolve("vmlinuz")).as("the guests of `make images`").isRegularFile();
    String run =
        Base64.getEncoder().encodeToString((script + "echo " + END + "\n").getBytes(UTF_8));
    VirtualMachineInstance vmi =
        Vmis.domain(
            domain.replace(
                "ARGS", "console=ttyS0 quiet tsc_early_khz=2000000 barevirt.run=" + run));
    MachineInput in =
        new MachineInput(
            vmi,
            Hosts.emulating(),
            java.util.Map.of(),
            java.util.Map.of(),
            new GivenKernel(GUESTS + "/vmlinuz", GUESTS + "/initrd.gz"),
            List.of(),
            dev.barevirt.api.launcher.GuestOptions.DEFAULT,
            new MachinePaths(directory.toString(), directory.toString()),
            Inputs.NOW);
    MachinePlan plan =
        switch (new MachineBuilder(DeviceMappers.ALL).build(in)) {
          case MachineOutcome.Built(MachinePlan built) -> built;
          case MachineOutcome.Refused refused -> throw new AssertionError(refused.violations());
        };
    for (Sidecar sidecar : plan.sidecars()) {
      start(sidecar);
    }
    Path console = directory.resolve("console");
    Process qemu = start(withConsole(CommandLineRenderer.pasted(plan), console), "qemu");
    await()
        .atMost(DEADLINE)
        .until(
            () -> !qemu.isAlive() || (Files.exists(console) && read(console).contains(END + "\r")));
    assertThat(qemu.isAlive()).as(() -> read(directory.resolve("qemu.log"))).isTrue();
    return read(console);
  }

  /** The same command line, running at once, with its serial port in a file. */
  private static List<String> withConsole(List<String> argv, Path console) {
    return argv.stream()
        .filter(argument -> !argument.equals("-S"))
        .map(
            argument ->
                argument.startsWith("socket,id=serial0,")
                    ? "file,id=serial0,path=" + console
                    : argument)
        .toList();
  }

  private void start(Sidecar sidecar) throws IOException {
    for (String needed : sidecar.directories()) {
      Files.createDirectories(Path.of(needed));
    }
    List<String> argv = new ArrayList<>(List.of(sidecar.program()));
    argv.addAll(sidecar.args());
    start(argv, sidecar.name());
    await().atMost(DEADLINE).until(() -> Files.exists(Path.of(sidecar.socket())));
  }

  private Process start(List<String> argv, String name) throws IOException {
    Process process =
        new ProcessBuilder(argv)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile())
            .start();
    children.add(process);
    return process;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError("read " + file, e);
    }
  }
}
