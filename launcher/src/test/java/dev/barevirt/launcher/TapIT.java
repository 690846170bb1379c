package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guests on taps, in a network namespace of root's: one tap that is there already, and ones that
 * the launcher makes and puts into a bridge. The namespace itself is the peer that answers.
 */
final class TapIT {
  private static final String TAP_HOST = "192.0.2.1";
  private static final String BRIDGE_HOST = "198.51.100.1";
  private static final String NAMESPACE =
      """
      set -e
      busybox ip link set lo up
      busybox tunctl -t tap7 >/dev/null
      busybox ip addr add 192.0.2.1/24 dev tap7
      busybox ip link set tap7 up
      busybox brctl addbr br0
      busybox ip addr add 198.51.100.1/24 dev br0
      busybox ip link set br0 up
      busybox httpd -h "$0"
      exec "$@"
      """;

  @TempDir Path served;

  private ResidentProcess startInNamespace() throws IOException {
    Files.writeString(served.resolve("index.html"), "the host itself");
    return ResidentProcess.startBehind(
        List.of("/usr/bin/unshare", "--net", "--", "/bin/sh", "-c", NAMESPACE, served.toString()));
  }

  @Test
  void aTapAndABridgeCarryTraffic() throws Exception {
    GuestRequest request =
        request(
            "",
            new GivenNetwork("given", GivenNetwork.Kind.TAP, "tap7", null, List.of()),
            new GivenNetwork("bridged", GivenNetwork.Kind.BRIDGE, null, "br0", List.of()));
    try (ResidentProcess resident = startInNamespace()) {
      GuestReport begun = resident.call(new LauncherCommand.Sync(request));
      assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        console.run("ip addr add 192.0.2.2/24 dev eth0; ip addr add 198.51.100.2/24 dev eth1");
        answers(console, TAP_HOST);
        answers(console, BRIDGE_HOST);
      }
      resident.call(new LauncherCommand.Kill(false));
      resident.lastReport();
    }
  }

  @Test
  void aTapHasAQueueForEachProcessor() throws Exception {
    GuestRequest request =
        request(
            "\"cpu\": {\"cores\": 2}, ",
            new GivenNetwork("bridged", GivenNetwork.Kind.BRIDGE, null, "br0", List.of()));
    try (ResidentProcess resident = startInNamespace()) {
      GuestReport begun = resident.call(new LauncherCommand.Sync(request));
      assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        assertThat(console.run("ls /sys/class/net/eth0/queues")).contains("rx-1", "tx-1");
        console.run("ip addr add 198.51.100.2/24 dev eth0");
        answers(console, BRIDGE_HOST);
      }
      resident.call(new LauncherCommand.Kill(false));
      resident.lastReport();
    }
  }

  private static void answers(SerialText console, String host) throws InterruptedException {
    assertThat(console.run("ping -c 3 -W 10 " + host)).contains("bytes from " + host);
    assertThat(console.run("wget -q -O - http://" + host + "/index.html"))
        .contains("the host itself");
  }

  private static GuestRequest request(String cpu, GivenNetwork... networks) {
    List<String> names = java.util.Arrays.stream(networks).map(GivenNetwork::network).toList();
    String interfaces =
        String.join(
            ",", names.stream().map("{\"name\": \"%s\", \"bridge\": {}}"::formatted).toList());
    String multus = "{\"name\": \"%1$s\", \"multus\": {\"networkName\": \"%1$s\"}}";
    return Requests.with(
        "%s\"devices\": {\"networkInterfaceMultiqueue\": %s, \"interfaces\": [%s]}"
            .formatted(cpu, !cpu.isEmpty(), interfaces),
        "\"networks\": [" + String.join(",", names.stream().map(multus::formatted).toList()) + "],",
        List.of(),
        List.of(networks));
  }
}
