package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GivenVolume;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.PortForward;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What needs newer tools than Debian 12 has, in a Debian 13: passt that speaks vhost-user,
 * virtiofsd in Rust, and disks whose queues several I/O threads serve.
 */
final class NewerToolsIT {
  @TempDir Path directory;

  @Test
  void aGuestSharesDirectoriesServesAPortAndSpreadsItsQueues() throws Exception {
    int port = freePort();
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Files.writeString(shared.resolve("note"), "from the host");
    try (ResidentProcess resident = ResidentProcess.startInTrixie()) {
      GuestReport begun = resident.call(new LauncherCommand.Sync(request(shared, port)));
      assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
      assertThat(resident.commandLine().toString())
          .contains("vhost-user-fs-pci")
          .contains("\"type\":\"vhost-user\"")
          .contains("\"iothread-vq-mapping\":[{\"iothread\":\"iothread1\"},")
          .contains("\"aio\":\"io_uring\"");
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        sharesADirectory(console, shared);
        servesAPort(console, port);
        assertThat(console.run("ls /sys/block/vda/mq | wc -l")).contains("2");
        console.run("echo spread > /dev/vda; sync");
      }
      try (var disk = Files.newInputStream(directory.resolve("disk"))) {
        assertThat(new String(disk.readNBytes(6), StandardCharsets.US_ASCII)).isEqualTo("spread");
      }
      resident.call(new LauncherCommand.Shutdown(60L));
      assertThat(resident.lastReport().phase()).as(resident.log()).isEqualTo(GuestPhase.SUCCEEDED);
    }
  }

  private static void sharesADirectory(SerialText console, Path shared) throws Exception {
    console.run("mount -t virtiofs shared /mnt");
    assertThat(console.run("cat /mnt/note")).contains("from the host");
    console.run("echo from the guest > /mnt/answer; sync");
    assertThat(shared.resolve("answer")).hasContent("from the guest\n");
    console.run("umount /mnt; mount -t virtiofs settings /mnt");
    assertThat(console.run("echo no > /mnt/note")).containsIgnoringCase("read-only");
    console.run("umount /mnt");
  }

  /** The guest serves HTTP once its address is there. */
  private static void servesAPort(SerialText console, int port) throws InterruptedException {
    Awaitility.await()
        .atMost(ResidentProcess.PATIENCE)
        .until(() -> console.run("ip -4 addr show dev eth0").contains("inet "));
    Awaitility.await()
        .atMost(ResidentProcess.PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> get(port).contains("barevirt guest"));
  }

  private static String get(int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("GET /index.html HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private GuestRequest request(Path shared, int port) throws IOException {
    Path disk = directory.resolve("disk");
    try (var image = new RandomAccessFile(disk.toFile(), "rw")) {
      image.setLength(16L << 20);
    }
    var forward = new PortForward(PortForward.Protocol.TCP, null, port, 80);
    GuestRequest request =
        Requests.with(
            """
            "cpu": {"cores": 2},
            "ioThreadsPolicy": "supplementalPool",
            "ioThreads": {"supplementalPoolThreadCount": 2},
            "devices": {
              "blockMultiQueue": true,
              "disks": [{"name": "data", "disk": {"bus": "virtio"}}],
              "filesystems": [{"name": "shared", "virtiofs": {}}, {"name": "settings", "virtiofs": {}}],
              "interfaces": [{"name": "default", "masquerade": {}}]}
            """,
            """
            "networks": [{"name": "default", "pod": {}}],
            "volumes": [
              {"name": "data", "persistentVolumeClaim": {"claimName": "data"}},
              {"name": "shared", "persistentVolumeClaim": {"claimName": "shared"}},
              {"name": "settings", "containerPath": {"path": "%s", "readOnly": true}}],
            """
                .formatted(shared),
            List.of(
                new GivenVolume(
                    "data", GivenVolume.Kind.FILE, disk.toString(), GivenVolume.Format.RAW, false),
                new GivenVolume(
                    "shared", GivenVolume.Kind.DIRECTORY, shared.toString(), null, false)),
            List.of(
                new GivenNetwork("default", GivenNetwork.Kind.USER, null, null, List.of(forward))));
    GuestOptions was = request.options();
    return request.withOptions(
        new GuestOptions(
            was.emulation(),
            GuestOptions.Io.IO_URING,
            was.detached(),
            was.vnc(),
            was.memoryHeadroomBytes(),
            was.hotplugPorts(),
            was.machineType(),
            was.qemuBinary(),
            was.backingFiles(),
            was.logSerialConsole()));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }
}
