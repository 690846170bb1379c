package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherCommand.OpenStream;
import dev.barevirt.qmp.wire.ByteStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest with drivers for all of it says what cards, disks, clocks and processors it finds. */
final class EmulatedHardwareIT {
  private static final long MIB = 1L << 20;
  private static final List<String> DISKS = List.of("fast", "careful", "sata", "usb", "scsi");
  private static final List<String> NETWORKS = List.of("a", "b", "c");
  private static final String DOMAIN =
      """
      "machine": {"type": "pc-q35-7.1"},
      "cpu": {"cores": 2, "model": "Nehalem",
        "features": [{"name": "rdrand", "policy": "require"}, {"name": "sse4.2", "policy": "disable"}]},
      "clock": {"utc": {}, "timer": {"hpet": {"present": true}}},
      "devices": {
        "blockMultiQueue": true,
        "sound": {"name": "s", "model": "ac97"},
        "clientPassthrough": {},
        "video": {"type": "vga"},
        "inputs": [{"name": "t", "type": "tablet", "bus": "usb"}],
        "disks": [
          {"name": "fast", "disk": {"bus": "virtio"}, "cache": "none", "io": "native",
           "dedicatedIOThread": true, "bootOrder": 2,
           "blockSize": {"custom": {"logical": 4096, "physical": 4096}}},
          {"name": "careful", "disk": {"bus": "virtio"}, "cache": "writethrough", "io": "threads",
           "shareable": false, "errorPolicy": "report", "serial": "SERIAL.1"},
          {"name": "sata", "disk": {"bus": "sata"}, "bootOrder": 1, "serial": "SERIAL.2"},
          {"name": "usb", "disk": {"bus": "usb"}},
          {"name": "scsi", "disk": {"bus": "scsi", "readonly": true}},
          {"name": "drive", "cdrom": {"bus": "sata"}}],
        "interfaces": [
          {"name": "a", "bridge": {}, "model": "e1000e", "macAddress": "02:00:00:00:00:0a"},
          {"name": "b", "bridge": {}, "model": "e1000"},
          {"name": "c", "bridge": {}, "model": "rtl8139"}]},
      "ioThreadsPolicy": "shared"
      """;

  @TempDir Path directory;

  @Test
  void theGuestFindsItAll() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      GuestReport begun = resident.call(new LauncherCommand.Sync(request()));
      assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        looksAtProcessorsAndClocks(console);
        looksAtCards(console);
        looksAtDisks(console);
        looksAtDevices(console);
      }
      lendsUsbDevicesThroughFourPorts(resident);
      resident.call(new LauncherCommand.Shutdown(60L));
      assertThat(resident.lastReport().phase()).as(resident.log()).isEqualTo(GuestPhase.SUCCEEDED);
    }
  }

  private static void lendsUsbDevicesThroughFourPorts(ResidentProcess resident) throws Exception {
    OpenStream port = new OpenStream(OpenStream.Stream.USB_REDIRECTION, false, false);
    List<ByteStream> ports = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ByteStream open = resident.open(port);
      ports.add(open);
      assertThat(greeting(open)).contains("qemu usb-redir guest");
    }
    try (var connection = resident.dial()) {
      assertThat(ResidentProcess.refusal(connection, port))
          .isEqualTo("CONFLICT: all 4 USB ports of the guest are in use");
      ports.removeLast().close();
      Awaitility.await()
          .atMost(ResidentProcess.PATIENCE)
          .ignoreExceptions()
          .until(() -> greeting(resident.open(port)).contains("qemu usb-redir guest"));
    }
    ports.forEach(ByteStream::close);
  }

  /** What a port says first: who speaks the protocol there. */
  private static String greeting(ByteStream port) throws InterruptedException {
    byte[] piece = new byte[256];
    return new String(piece, 0, Math.max(0, port.read(piece)), StandardCharsets.ISO_8859_1);
  }

  private static void looksAtProcessorsAndClocks(SerialText console) throws InterruptedException {
    assertThat(console.run("cat /sys/class/dmi/id/product_version")).contains("pc-q35-7.1");
    assertThat(console.run("grep -m 1 'model name' /proc/cpuinfo")).contains("Core i7");
    assertThat(console.run("grep -c ' rdrand' /proc/cpuinfo")).contains("2");
    assertThat(console.run("grep -c ' sse4_2' /proc/cpuinfo")).contains("0");
    assertThat(console.run("ls /sys/bus/acpi/devices | grep PNP0103")).contains("PNP0103");
  }

  private static void looksAtCards(SerialText console) throws InterruptedException {
    assertThat(console.run("for n in /sys/class/net/eth*; do readlink $n/device/driver; done"))
        .contains("/e1000e", "/e1000\r", "/8139cp");
    assertThat(console.run("cat /sys/class/net/eth*/address")).contains("02:00:00:00:00:0a");
  }

  private static void looksAtDisks(SerialText console) throws InterruptedException {
    String queues = "/sys/block/vda/queue/";
    assertThat(console.run("cat " + queues + "logical_block_size")).contains("4096");
    assertThat(console.run("cat " + queues + "write_cache")).contains("write back");
    assertThat(console.run("cat " + queues + "discard_max_bytes")).containsPattern("[1-9][0-9]+");
    assertThat(console.run("ls /sys/block/vda/mq | wc -l")).contains("2");
    assertThat(console.run("cat /sys/block/vdb/queue/write_cache")).contains("write through");
    assertThat(console.run("cat /sys/block/vdb/serial")).contains("SERIAL.1");
    assertThat(
            console.run(
                "for d in /sys/block/sd*; do echo $(readlink $d) $(cat $d/size) $(cat $d/ro); done"))
        .containsPattern("/ata[0-9]+/\\S+ " + 18 * MIB / 512 + " 0")
        .containsPattern("/usb[0-9]+/\\S+ " + 19 * MIB / 512 + " 0")
        .containsPattern("/virtio[0-9]+/host\\S+ " + 20 * MIB / 512 + " 1");
    assertThat(console.run("grep -c . /sys/block/sr0/device/model")).contains("1");
    assertThat(console.run("tr '\\0' '\\n' < /sys/firmware/qemu_fw_cfg/by_name/bootorder/raw"))
        .containsPattern("(?s)drive@.*disk@.*scsi@|(?s)drive@.*scsi@");
  }

  private static void looksAtDevices(SerialText console) throws InterruptedException {
    assertThat(console.run("cat /sys/bus/pci/devices/*/class"))
        .as("sound, display, USB, and the bridges that devices are plugged into later")
        .contains("0x040100", "0x030000", "0x0c0330", "0x060400");
    assertThat(console.run("cat /proc/bus/input/devices")).contains("QEMU USB Tablet");
    assertThat(
            console.run(
                "for d in /sys/bus/virtio/devices/*; do echo $(cat $d/device) $(cut -c 6 $d/features); done"))
        .as("the balloon tells of pages that the guest has freed")
        .contains("0x0005 1");
  }

  private GuestRequest request() throws IOException {
    for (int i = 0; i < DISKS.size(); i++) {
      try (var image = new RandomAccessFile(directory.resolve(DISKS.get(i)).toFile(), "rw")) {
        image.setLength((16 + i) * MIB);
      }
    }
    String claims =
        String.join(
            ",",
            DISKS.stream()
                .map(
                    "{\"name\": \"%1$s\", \"persistentVolumeClaim\": {\"claimName\": \"%1$s\"}}"
                        ::formatted)
                .toList());
    String networks =
        String.join(
            ",",
            NETWORKS.stream()
                .map("{\"name\": \"%1$s\", \"multus\": {\"networkName\": \"%1$s\"}}"::formatted)
                .toList());
    return Requests.genericWith(
        DOMAIN,
        "\"volumes\": [%s], \"networks\": [%s],".formatted(claims, networks),
        DISKS.stream().map(this::given).toList(),
        NETWORKS.stream()
            .map(name -> new GivenNetwork(name, GivenNetwork.Kind.NONE, null, null, List.of()))
            .toList());
  }

  private GivenVolume given(String name) {
    return new GivenVolume(
        name,
        GivenVolume.Kind.FILE,
        directory.resolve(name).toString(),
        GivenVolume.Format.RAW,
        false);
  }
}
