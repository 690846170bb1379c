package dev.barevirt.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.agent.network.Connections;
import dev.barevirt.agent.network.GuestDns;
import dev.barevirt.agent.network.LinuxPodNetworks;
import dev.barevirt.agent.network.PodProcesses;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.launcher.GivenKernel;
import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherCommand.OpenStream.Stream;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.WireLoop;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real launcher with a real guest at the other end of the link. */
@Timeout(300)
class LauncherPodIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A screen's cursor blinks, and has fewer pixels than this. */
  private static final int MORE_THAN_A_CURSOR = 200;

  private static final String POD = "0d4b7a3e-2c11-4f7a-9a60-5f3b1c2d4e5f";
  private static final String NAMESPACE = "bvl" + ProcessHandle.current().pid();

  private final WireLoop loop = WireLoop.start("test");
  private final LinkedBlockingQueue<GuestReport> reports = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<LauncherLink> connected = new LinkedBlockingQueue<>();
  private Path directory = Path.of("/");
  private @Nullable PodProcess pod;
  private @Nullable LauncherLinks links;

  @BeforeEach
  void starts() throws Exception {
    directory = Files.createTempDirectory(Path.of("/tmp"), "bv");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    listen();
    pod = PodProcess.start(directory);
  }

  @AfterEach
  void ends() throws Exception {
    pod().close();
    links().close();
    loop.close();
    PodProcess.delete(directory);
  }

  @Test
  void runsAGuestOfAPodFromItsFirstWordToItsLast() throws Exception {
    run("ip", "netns", "add", NAMESPACE);
    Process inPod = inNamespace("sleep", "600");
    try {
      run("ip", "-n", NAMESPACE, "link", "add", "eth0", "type", "veth", "peer", "name", "out0");
      run("ip", "-n", NAMESPACE, "address", "add", "192.0.2.2/24", "dev", "eth0");
      run("ip", "-n", NAMESPACE, "link", "set", "eth0", "mtu", "1400", "up");
      PodProcesses processes =
          new PodProcesses(pid -> inPod.pid() == pid ? Optional.of(POD) : Optional.empty());
      GuestDns dns = new GuestDns(List.of("10.96.0.10"), List.of("svc.cluster.local"));
      VirtualMachineInstance vmi = vmi(true);
      LauncherLink link = link();
      try (Connections made =
          new LinuxPodNetworks(processes, dns).connect(vmi, POD, List.of("192.0.2.2"))) {
        link.passDescriptors(made.descriptors(), PATIENCE);
        assertThat(link.call(new LauncherCommand.Sync(request(vmi, made.networks())), PATIENCE))
            .extracting(GuestReport::phase, GuestReport::name)
            .containsExactly(GuestPhase.RUNNING, "guest");
      }
      try (ByteStream console = link.openStream(Stream.CONSOLE, PATIENCE)) {
        Text text = new Text(console);
        text.await("barevirt guest address eth0 10.0.2.2");
        text.type(
            "ip -4 route; cat /etc/resolv.conf; cat /sys/class/net/eth0/mtu; echo e$((1+1))\n");
        String said = text.await("e2");
        assertThat(said).contains("default via 10.0.2.1 dev eth0", "nameserver 10.96.0.10", "1400");
      }
      link.call(new LauncherCommand.Shutdown(30L), PATIENCE);
      GuestReport last = await(GuestPhase.SUCCEEDED);

      assertThat(last.reason()).isEqualTo(GuestReason.SHUTDOWN_REQUESTED);
      assertThat(pod().exitCode()).isZero();
      assertThat(pod().output())
          .contains("\"component\":\"guest-console\"")
          .contains("barevirt guest address eth0 10.0.2.2");
    } finally {
      inPod.destroyForcibly().waitFor();
      run("ip", "netns", "delete", NAMESPACE);
    }
  }

  @Test
  void anAgentThatComesBackFindsTheGuestAndAPodThatEndsShutsItDown() throws Exception {
    GuestReport running =
        link().call(new LauncherCommand.Sync(request(vmi(false), List.of())), PATIENCE);
    try (ByteStream console = link().openStream(Stream.CONSOLE, PATIENCE)) {
      new Text(console).await("barevirt guest ready");
    }
    links().close();
    connected.clear();
    reports.clear();
    listen();

    assertThat(link().lastReport()).map(GuestReport::startedAt).contains(running.startedAt());
    pod().terminate();
    assertThat(await(GuestPhase.SUCCEEDED).reason()).isEqualTo(GuestReason.SHUTDOWN_REQUESTED);
    assertThat(pod().exitCode()).isZero();
  }

  @Test
  void itsScreenIsSeenAndChangesWithWhatTheGuestWrites() throws Exception {
    link().call(new LauncherCommand.Sync(request(vmi(false), List.of())), PATIENCE);
    try (ByteStream console = link().openStream(Stream.CONSOLE, PATIENCE)) {
      Text text = new Text(console);
      text.await("barevirt guest ready");
      long before = lit();
      assertThat(before).as("pixels that are not black").isPositive();

      text.type("for i in 1 2 3 4 5 6; do echo '[[[[[[[['; done > /dev/tty1\n");
      Awaitility.await().atMost(PATIENCE).until(() -> lit() > before + MORE_THAN_A_CURSOR);
    }
  }

  /** How many pixels are not black, on a picture that came as a stream. */
  private long lit() throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try (ByteStream stream = link().openStream(Stream.SCREENSHOT, PATIENCE)) {
      byte[] piece = new byte[8192];
      for (int n = stream.read(piece); n >= 0; n = stream.read(piece)) {
        png.write(piece, 0, n);
      }
    }
    BufferedImage picture =
        java.util.Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png.toByteArray())));
    int width = picture.getWidth();
    int[] pixels = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
    return Arrays.stream(pixels).filter(pixel -> (pixel & 0xFFFFFF) != 0).count();
  }

  @Test
  void qemuEndsWithItsLauncher() throws Exception {
    LauncherLink link = link();
    link.call(new LauncherCommand.Sync(request(vmi(false), List.of())), PATIENCE);
    assertThat(pod().others()).isPositive();

    pod().kill();
    assertThat(pod().exitCode()).isNotZero();
    Awaitility.await().atMost(PATIENCE).until(() -> pod().others() <= 0);
    Awaitility.await().atMost(PATIENCE).until(() -> links().link(POD).isEmpty());
  }

  @Test
  void aGuestThatCannotStartIsToldAndEndsThePod() throws Exception {
    LauncherLink link = link();
    GuestRequest wrong =
        new GuestRequest(
            GuestRequest.VERSION,
            vmi(false),
            List.of(),
            List.of(),
            new GivenKernel("/etc/passwd", null, directory.resolve("state").toString()),
            List.of(),
            GuestOptions.DEFAULT);
    assertThatThrownBy(() -> link.call(new LauncherCommand.Sync(wrong), PATIENCE))
        .hasMessage("kernel image: /etc/passwd cannot be opened: no such file or directory");
    assertThat(link.call(new LauncherCommand.Report(), PATIENCE).phase())
        .isEqualTo(GuestPhase.IDLE);

    pod().terminate();
    assertThat(pod().exitCode()).isEqualTo(1);
  }

  private void listen() {
    links =
        new LauncherLinks(
            loop,
            directory.resolve("agent.sock"),
            _ -> Optional.of(POD),
            new LinkListener() {
              @Override
              public void connected(LauncherLink link) {
                connected.add(link);
              }

              @Override
              public void reported(LauncherLink link, GuestReport report) {
                reports.add(report);
              }

              @Override
              public void disconnected(LauncherLink link) {}
            });
  }

  private PodProcess pod() {
    return java.util.Objects.requireNonNull(pod);
  }

  private LauncherLinks links() {
    return java.util.Objects.requireNonNull(links);
  }

  private LauncherLink link() throws InterruptedException {
    LauncherLink found = links().link(POD).orElse(null);
    if (found == null) {
      found = connected.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(found).as("a launcher dials; it logged:\n%s", pod().log()).isNotNull();
    return java.util.Objects.requireNonNull(found);
  }

  private GuestReport await(GuestPhase phase) throws InterruptedException {
    GuestReport report;
    do {
      report = reports.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(report)
          .as("waiting for %s; the launcher logged:\n%s", phase, pod().log())
          .isNotNull();
    } while (java.util.Objects.requireNonNull(report).phase() != phase);
    return report;
  }

  private GuestRequest request(VirtualMachineInstance vmi, List<GivenNetwork> networks)
      throws Exception {
    return new GuestRequest(
        GuestRequest.VERSION,
        vmi,
        List.of(),
        networks,
        new GivenKernel(
            "/boot/vmlinuz", "boot/initrd.gz", PodProcess.kernelImage(directory).toString()),
        List.of(),
        GuestOptions.DEFAULT.withLogSerialConsole(true));
  }

  private static VirtualMachineInstance vmi(boolean connected) {
    String network = connected ? "\"networks\": [{\"name\": \"default\", \"pod\": {}}]," : "";
    String nic = connected ? "\"interfaces\": [{\"name\": \"default\", \"masquerade\": {}}]" : "";
    return RecordReader.LENIENT
        .read(
            VirtualMachineInstance.class,
            """
            {"metadata": {"name": "guest", "namespace": "test"},
             "spec": {"terminationGracePeriodSeconds": 30, %s
              "domain": {
               "devices": {%s},
               "resources": {"requests": {"memory": "96Mi"}},
               "firmware": {"kernelBoot": {"kernelArgs": "console=ttyS0 quiet tsc_early_khz=2000000",
                 "container": {"image": "micro", "kernelPath": "/boot/vmlinuz",
                   "initrdPath": "/boot/initrd.gz"}}}}}}
            """
                .formatted(network, nic))
        .orThrow();
  }

  private static Process inNamespace(String... command) throws Exception {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", NAMESPACE));
    whole.addAll(List.of(command));
    return new ProcessBuilder(whole).start();
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), output).isZero();
  }

  /** What a console said so far. */
  private final class Text {
    private final ByteStream console;
    private final LinkedBlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    private String all = "";

    Text(ByteStream console) {
      this.console = console;
      Thread.ofVirtual().start(this::read);
    }

    private void read() {
      byte[] piece = new byte[4096];
      try {
        for (int n = console.read(piece); n >= 0; n = console.read(piece)) {
          pieces.add(new String(piece, 0, n, StandardCharsets.UTF_8));
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    String await(String wanted) throws InterruptedException {
      while (!all.contains(wanted)) {
        String more = pieces.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(more).as("waiting for %s in:\n%s\n%s", wanted, all, pod().log()).isNotNull();
        all += more;
      }
      return all;
    }

    void type(String text) throws InterruptedException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      console.write(bytes, 0, bytes.length);
    }
  }
}
