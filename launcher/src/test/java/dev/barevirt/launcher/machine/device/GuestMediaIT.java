package dev.barevirt.launcher.machine.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.PortForward;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.yaml.YamlReader;
import dev.barevirt.launcher.disk.ChildProcessRunner;
import dev.barevirt.launcher.disk.DiskFormat;
import dev.barevirt.launcher.disk.GuestIdentity;
import dev.barevirt.launcher.disk.QemuImg;
import dev.barevirt.launcher.disk.VolumePreparer;
import dev.barevirt.launcher.machine.CommandLineRenderer;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineOutcome;
import dev.barevirt.launcher.machine.MachinePaths;
import dev.barevirt.launcher.machine.PreparedVolume;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boots a real guest and looks at its disks, seeds and cards from inside. */
class GuestMediaIT {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Path GUESTS =
      Path.of(System.getProperty("barevirt.guests", "../target/guests"));
  private static final String LONG_NAME = "a-key-" + "of-a-config-map-".repeat(12) + "end";
  private static final String MANIFEST =
      """
      apiVersion: kubevirt.io/v1
      kind: VirtualMachineInstance
      metadata: {name: seen-from-inside}
      spec:
        domain:
          devices:
            disks:
              - {name: data, disk: {bus: virtio}, serial: SER-42, blockSize: {custom: {logical: 512, physical: 4096}}}
              - {name: config, cdrom: {bus: scsi}}
              - {name: seed, disk: {bus: virtio, readonly: true}}
              - {name: drive, disk: {bus: scsi}, serial: drive.7}
            interfaces:
              - {name: default, masquerade: {}, macAddress: "02:00:00:00:00:42"}
        networks: [{name: default, pod: {}}]
        volumes:
          - {name: data, emptyDisk: {capacity: 16Mi}}
          - {name: config, configMap: {name: settings}}
          - {name: seed, cloudInitNoCloud: {userData: "#cloud-config of a test", networkData: "version: 2"}}
          - {name: drive, cloudInitConfigDrive: {secretRef: {name: s}}}
      """;

  /** The kernel's command line has no room for more: the rest is on the disk with the files. */
  private static final String START =
      "mkdir /tmp/c; mount -t iso9660 -o ro /dev/sr0 /tmp/c; sh /tmp/c/script";

  private static final String SCRIPT =
      """
      echo "serial=$(cat /sys/block/vda/serial) blocks=$(cat /sys/block/vda/queue/physical_block_size)"
      echo "readonly=$(cat /sys/block/vdb/ro) model=$(cat /sys/block/sr0/device/model)"
      echo "config=$(cat /tmp/c/LONG_NAME)"; mkdir /tmp/m
      mount -t iso9660 -o ro /dev/vdb /tmp/m && echo "seed=$(cat /tmp/m/user-data) $(cat /tmp/m/network-config)"
      echo "meta=$(cat /tmp/m/meta-data)"; umount /tmp/m
      mount -t iso9660 -o ro /dev/sda /tmp/m && echo "drive=$(cat /tmp/m/openstack/latest/user_data)"; umount /tmp/m
      echo written-by-the-guest | dd of=/dev/vda bs=512 conv=sync 2>/dev/null; sync
      echo "mac=$(cat /sys/class/net/eth0/address)"
      echo all-said
      """;

  @TempDir Path directory;

  @Test
  void disksSeedsAndAForwardedPortAreAsAskedFor() throws Exception {
    Path config = Files.createDirectory(directory.resolve("config"));
    Files.writeString(config.resolve(LONG_NAME), "value-of-the-key");
    Files.writeString(config.resolve("script"), SCRIPT.replace("LONG_NAME", LONG_NAME));
    Path secret = Files.createDirectory(directory.resolve("secret"));
    Files.writeString(secret.resolve("userdata"), "from-a-secret");
    int port = freePort();
    MachineInput input = input(List.of(given("config", config), given("drive", secret)), port);

    try (var guest = new Booted(input, START)) {
      String said = guest.await("all-said");
      assertThat(said)
          .contains("serial=SER-42 blocks=4096")
          .contains("readonly=1 model=QEMU CD-ROM")
          .contains("config=value-of-the-key")
          .contains("seed=#cloud-config of a test version: 2")
          .contains("\"local-hostname\":\"inside\"")
          .contains("drive=from-a-secret")
          .contains("mac=02:00:00:00:00:42");
      guest.await("barevirt guest address eth0 10.0.2.15");
      assertThat(request(port)).startsWith("HTTP/1.");
    }
    assertThat(firstBytes(input)).startsWith("written-by-the-guest");
  }

  private MachineInput input(List<GivenVolume> given, int port) throws Exception {
    VirtualMachineInstance vmi =
        switch (YamlReader.read(VirtualMachineInstance.class, MANIFEST)) {
          case Reading.Accepted<VirtualMachineInstance>(VirtualMachineInstance read) -> read;
          case Reading.Refused<VirtualMachineInstance> refused ->
              throw new AssertionError(refused.violations());
        };
    var forward = new PortForward(PortForward.Protocol.TCP, null, port, 80);
    var network = new GivenNetwork("default", GivenNetwork.Kind.USER, null, null, List.of(forward));
    var request =
        new GuestRequest(
            GuestRequest.VERSION,
            vmi,
            given,
            List.of(network),
            null,
            List.of(),
            GuestOptions.DEFAULT);
    var preparer =
        new VolumePreparer(
            new QemuImg(new ChildProcessRunner(), "qemu-img"), directory.resolve("disks"));
    var identity =
        new GuestIdentity("inside.default", "inside", null, GuestIdentity.BootKeys.NONE, List.of());
    Map<String, PreparedVolume> volumes =
        preparer.prepare(request, identity).stream()
            .collect(Collectors.toMap(PreparedVolume::name, Function.identity()));
    return new MachineInput(
        vmi,
        MediaCase.qemu7(),
        volumes,
        Map.of("default", network),
        null,
        List.of(),
        GuestOptions.DEFAULT,
        new MachinePaths(directory.toString(), directory.toString()),
        Instant.EPOCH);
  }

  private static GivenVolume given(String name, Path path) {
    return new GivenVolume(name, GivenVolume.Kind.DIRECTORY, path.toString(), null, false);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }

  private static String request(int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) SOON.toMillis());
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
      return new String(socket.getInputStream().readNBytes(12), UTF_8);
    }
  }

  private String firstBytes(MachineInput input) throws Exception {
    var disk = (PreparedVolume.Disk) input.volume("data").orElseThrow();
    Path raw = directory.resolve("data.raw");
    new QemuImg(new ChildProcessRunner(), "qemu-img")
        .convert(Path.of(disk.layers().getFirst().path()), DiskFormat.QCOW2, raw, DiskFormat.RAW);
    try (var in = Files.newInputStream(raw)) {
      return new String(in.readNBytes(64), UTF_8);
    }
  }

  /** The micro guest, with the devices of an input and a script to run. */
  private final class Booted implements AutoCloseable {
    private final Process qemu;
    private final Path console = directory.resolve("console");

    Booted(MachineInput input, String script) throws IOException {
      assertThat(GUESTS.resolve("vmlinuz"))
          .as("the micro guest; launcher/guests/build makes it")
          .exists();
      String encoded = Base64.getEncoder().encodeToString(script.getBytes(UTF_8));
      List<String> argv =
          switch (MediaCase.BUILDER.build(input)) {
            case MachineOutcome.Built built ->
                new ArrayList<>(CommandLineRenderer.pasted(built.plan()));
            case MachineOutcome.Refused refused -> throw new AssertionError(refused.violations());
          };
      argv.addAll(
          List.of("-machine", "q35", "-accel", "tcg", "-cpu", "max", "-m", "256", "-nodefaults"));
      argv.addAll(List.of("-no-user-config", "-display", "none", "-no-reboot"));
      argv.addAll(List.of("-kernel", GUESTS.resolve("vmlinuz").toString()));
      argv.addAll(List.of("-initrd", GUESTS.resolve("initrd.gz").toString()));
      argv.addAll(List.of("-append", "console=ttyS0 quiet panic=-1 barevirt.run=" + encoded));
      argv.addAll(List.of("-serial", "file:" + console));
      qemu =
          new ProcessBuilder(argv)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("qemu.log").toFile())
              .start();
    }

    String await(String marker) {
      Awaitility.await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> said().contains(marker) || !qemu.isAlive());
      assertThat(said()).as(read(directory.resolve("qemu.log"))).contains(marker);
      return said();
    }

    private String said() {
      return read(console);
    }

    private static String read(Path file) {
      try {
        return Files.exists(file) ? new String(Files.readAllBytes(file), UTF_8) : "";
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      qemu.destroy();
      qemu.onExit().orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }
  }
}
