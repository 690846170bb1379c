package dev.barevirt.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GivenTap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Real namespaces: one for the world, one for a pod, and one for a guest that hangs in the pod's
 * bridge by a cable instead of a tap.
 */
class LinuxPodNetworksIT {
  private static final String POD_UID = "a62c0881-7369-4274-b6bc-6cc6aa0f50f0";
  private static final String ME = String.valueOf(ProcessHandle.current().pid());
  private static final String WORLD = "bvw" + ME;
  private static final String POD = "bvp" + ME;
  private static final String GUEST = "bvg" + ME;
  private static final GuestDns DNS =
      new GuestDns(List.of("10.96.0.10"), List.of("kubevirt.svc.cluster.local"));

  private final List<Process> started = new ArrayList<>();
  private Optional<Process> inPod = Optional.empty();

  @BeforeEach
  void makesAWorldAndAPod() throws Exception {
    for (String namespace : List.of(WORLD, POD, GUEST)) {
      run("ip", "netns", "add", namespace);
      run("ip", "-n", namespace, "link", "set", "lo", "up");
    }
    run(
        "ip", "-n", WORLD, "link", "add", "out0", "type", "veth", "peer", "name", "eth0", "netns",
        POD);
    run("ip", "-n", WORLD, "address", "add", "192.0.2.1/24", "dev", "out0");
    run("ip", "-n", WORLD, "link", "set", "out0", "up");
    run("ip", "-n", POD, "address", "add", "192.0.2.2/24", "dev", "eth0");
    run("ip", "-n", POD, "link", "set", "eth0", "mtu", "1400", "up");
    Process process = start(POD, "sleep", "600");
    Path network = Path.of("/proc", String.valueOf(process.pid()), "ns/net");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.isSameFile(network, Path.of("/run/netns", POD)));
    inPod = Optional.of(process);
  }

  @AfterEach
  void endsThem() throws Exception {
    started.forEach(Process::destroyForcibly);
    for (Process process : started) {
      var _ = process.waitFor();
    }
    for (String namespace : List.of(WORLD, POD, GUEST)) {
      run("ip", "netns", "delete", namespace);
    }
  }

  private LinuxPodNetworks networks() {
    return new LinuxPodNetworks(
        new PodProcesses(pid -> inPod.filter(process -> process.pid() == pid).map(_ -> POD_UID)),
        DNS);
  }

  private Connections connect(String interfaces) throws InterruptedException {
    return networks()
        .connect(
            PodNetworkTest.vmi(
                "{\"domain\":{\"devices\":{\"interfaces\":["
                    + interfaces
                    + "]}},\"networks\":[{\"name\":\"a\",\"pod\":{}},{\"name\":\"m\","
                    + "\"multus\":{\"networkName\":\"x\"}}]}"),
            POD_UID,
            List.of("192.0.2.2"));
  }

  private void plugGuest() throws Exception {
    run(
        "ip", "-n", POD, "link", "add", "cable0", "type", "veth", "peer", "name", "eth0", "netns",
        GUEST);
    run("ip", "-n", POD, "link", "set", "cable0", "master", "k6t-eth0", "up");
    run("ip", "-n", GUEST, "address", "add", "10.0.2.2/24", "dev", "eth0");
    run("ip", "-n", GUEST, "link", "set", "eth0", "up");
    run("ip", "-n", GUEST, "route", "add", "default", "via", "10.0.2.1");
  }

  private static final String TRANSLATED = "{\"name\":\"a\",\"masquerade\":{}}";

  @Test
  void handsOutATapAndWhatTheGuestIsTold() throws Exception {
    try (Connections connected = connect(TRANSLATED)) {
      GivenNetwork given = connected.networks().getFirst();
      GivenTap tap = java.util.Objects.requireNonNull(given.given());

      assertThat(given.kind()).isEqualTo(GivenNetwork.Kind.TAP);
      assertThat(tap.mtu()).isEqualTo(1400);
      assertThat(connected.descriptors().keySet()).containsExactlyInAnyOrder("tap0.0", "dhcp0");
      assertThat(String.valueOf(tap.dhcp()))
          .contains("10.0.2.2/24", "10.0.2.1", "10.96.0.10", "shop.svc.cluster.local");
      assertThat(run("ip", "-n", POD, "link", "show", "tap0")).contains("master k6t-eth0");
    }
  }

  @Test
  void theTapGoesWithItsDescriptor() throws Exception {
    connect(TRANSLATED).close();

    assertThat(run("ip", "-n", POD, "link")).doesNotContain("tap0");
  }

  @Test
  void aGuestReachesTheWorldInThePodsName() throws Exception {
    try (Connections _ = connect(TRANSLATED)) {
      plugGuest();
      var _ = start(WORLD, "busybox", "nc", "-l", "-p", "8080", "-e", "cat");

      assertThat(talk(GUEST, "192.0.2.1", "8080")).isEqualTo("hello");
    }
  }

  @Test
  void theWorldReachesAGuestAtThePodsAddress() throws Exception {
    try (Connections _ = connect(TRANSLATED)) {
      plugGuest();
      var _ = start(GUEST, "busybox", "nc", "-l", "-p", "8080", "-e", "cat");

      assertThat(talk(WORLD, "192.0.2.2", "8080")).isEqualTo("hello");
    }
  }

  @Test
  void connectsAgainAfterAnAttemptThatWentWrong() throws Exception {
    connect(TRANSLATED).close();
    try (Connections _ = connect(TRANSLATED)) {
      plugGuest();
      var _ = start(GUEST, "busybox", "nc", "-l", "-p", "8080", "-e", "cat");

      assertThat(talk(WORLD, "192.0.2.2", "8080")).isEqualTo("hello");
    }
  }

  @Test
  void onlyNamedPortsLeadToTheGuest() throws Exception {
    try (Connections _ = connect("{\"name\":\"a\",\"masquerade\":{},\"ports\":[{\"port\":80}]}")) {
      plugGuest();
      var _ = start(GUEST, "busybox", "nc", "-l", "-p", "8080", "-e", "cat");
      var _ = start(GUEST, "busybox", "nc", "-l", "-p", "80", "-e", "cat");

      assertThat(talk(WORLD, "192.0.2.2", "80")).isEqualTo("hello");
      assertThat(once(WORLD, "192.0.2.2", "8080")).isEmpty();
    }
  }

  @Test
  void aGuestWithoutInterfacesGetsNothing() throws Exception {
    assertThat(connect("")).isEqualTo(Connections.NONE);
  }

  @Test
  void refusesOtherNetworksByName() {
    assertThatThrownBy(() -> connect("{\"name\":\"m\",\"bridge\":{}}"))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("spec.domain.devices.interfaces[0]");
  }

  @Test
  void aPodThatIsNotHereIsNotConnected() throws Exception {
    Process gone = inPod.orElseThrow();
    gone.destroyForcibly().waitFor();

    assertThatThrownBy(() -> connect(TRANSLATED))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining(POD_UID);
  }

  private static String talk(String from, String address, String port) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> once(from, address, port), answer -> !answer.isEmpty());
  }

  private static String once(String from, String address, String port) throws Exception {
    Process client =
        new ProcessBuilder(
                "ip", "netns", "exec", from, "busybox", "timeout", "3", "busybox", "nc", address,
                port)
            .start();
    client.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
    try (var lines = client.inputReader()) {
      String line = lines.readLine();
      return line == null ? "" : line;
    } finally {
      client.destroyForcibly();
    }
  }

  private Process start(String namespace, String... command) throws IOException {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    whole.addAll(List.of(command));
    Process process =
        new ProcessBuilder(whole).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    started.add(process);
    return process;
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), output).isZero();
    return output;
  }
}
