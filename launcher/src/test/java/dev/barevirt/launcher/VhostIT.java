package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the kernel of most test machines lacks, up to QEMU's door: in a /dev of its own, where other
 * nodes stand in for vhost-net and vhost-vsock, the launcher opens them and hands them to a QEMU
 * that tells what it was given instead of running a guest.
 */
final class VhostIT {
  private static final String PRIVATE_DEV =
      """
      set -e
      mount -t tmpfs -o mode=755 none /mnt
      for node in null zero full random urandom tty; do cp -a /dev/$node /mnt/; done
      mkdir /mnt/net /mnt/shm
      cp -a /dev/net/tun /mnt/net/
      mknod /mnt/vhost-net c 1 3
      mknod /mnt/vhost-vsock c 1 5
      ln -s /proc/self/fd /mnt/fd
      mount --move /mnt /dev
      busybox ip link set lo up
      busybox brctl addbr br0
      exec "$@"
      """;

  private static final List<String> IN_PRIVATE_DEV =
      List.of("/usr/bin/unshare", "--mount", "--net", "--", "/bin/sh", "-c", PRIVATE_DEV, "sh");

  /** Asked what it can do, it is QEMU itself. */
  private static final String TELLING_QEMU =
      """
      #!/bin/sh
      case "$*" in
        *"-machine none"*) exec qemu-system-x86_64 "$@" ;;
      esac
      for word in "$@"; do echo "word $word"; done
      for fd in /proc/self/fd/*; do echo "${fd##*/} is $(readlink $fd)"; done
      exit 1
      """;

  private static final Pattern VSOCK = Pattern.compile("\"vhostfd\":\"([0-9]+)\"");
  private static final Pattern TAP =
      Pattern.compile(
          "\"fds\":\"([0-9]+):([0-9]+)\",\"vhost\":true,\"vhostfds\":\"([0-9]+):([0-9]+)\"");

  @TempDir Path directory;

  @Test
  void qemuIsGivenTheKernelsPacketMoversAndItsSocket() throws Exception {
    String told;
    try (ResidentProcess resident = ResidentProcess.startBehind(IN_PRIVATE_DEV)) {
      try (var connection = resident.dial()) {
        assertThat(ResidentProcess.refusal(connection, new LauncherCommand.Sync(request())))
            .contains("QEMU did not start");
      }
      resident.lastReport();
      told = resident.log();
    }

    Matcher vsock = VSOCK.matcher(told);
    assertThat(vsock.find()).as(told).isTrue();
    assertThat(told).contains(vsock.group(1) + " is /dev/vhost-vsock");
    Matcher tap = TAP.matcher(told);
    assertThat(tap.find()).as(told).isTrue();
    assertThat(told)
        .contains(tap.group(1) + " is /dev/net/tun", tap.group(2) + " is /dev/net/tun")
        .contains(tap.group(3) + " is /dev/vhost-net", tap.group(4) + " is /dev/vhost-net");
  }

  private GuestRequest request() throws Exception {
    Path qemu = Files.writeString(directory.resolve("qemu"), TELLING_QEMU);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(qemu, PosixFilePermissions.fromString("rwxr-xr-x"));
    GuestRequest request =
        Requests.with(
            """
            "cpu": {"cores": 2},
            "devices": {"autoattachVSOCK": true, "networkInterfaceMultiqueue": true,
              "interfaces": [{"name": "bridged", "bridge": {}}]}
            """,
            "\"networks\": [{\"name\": \"bridged\", \"multus\": {\"networkName\": \"n\"}}],",
            List.of(),
            List.of(new GivenNetwork("bridged", GivenNetwork.Kind.BRIDGE, null, "br0", List.of())));
    GuestOptions was = request.options();
    return request.withOptions(
        new GuestOptions(
            was.emulation(),
            was.io(),
            was.detached(),
            was.vnc(),
            was.memoryHeadroomBytes(),
            was.hotplugPorts(),
            was.machineType(),
            qemu.toString(),
            was.backingFiles(),
            was.logSerialConsole()));
  }
}
