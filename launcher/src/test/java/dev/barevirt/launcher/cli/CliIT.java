package dev.barevirt.launcher.cli;

import static dev.barevirt.launcher.cli.KilledAnywhereIT.kill;
import static dev.barevirt.launcher.cli.KilledAnywhereIT.pid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.cli.CliProcess.Ended;
import dev.barevirt.launcher.disk.ChildProcessRunner;
import dev.barevirt.launcher.disk.DiskFormat;
import dev.barevirt.launcher.disk.DiskImage;
import dev.barevirt.launcher.disk.QemuImg;
import java.io.BufferedReader;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real command line against real QEMU. */
final class CliIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String READY = "serial:barevirt guest ready";

  private CliProcess cli;

  @BeforeEach
  void start() throws Exception {
    cli = CliProcess.inItsOwnDirectory();
  }

  @AfterEach
  void cleanUp() throws Exception {
    cli.end();
  }

  @Test
  void runsTalksToSurvivesItsLauncherStopsAndDeletes() throws Exception {
    Ended run = cli.run(MicroGuest.run("web", "", "-d", "--wait", READY));
    assertThat(run.code()).as("%s", run).isZero();
    assertThat(run.out().strip()).isEqualTo("web");
    assertThat(cli.run("logs", "web").out()).contains("barevirt guest ready");

    Ended second = cli.run(MicroGuest.run("web", "", "-d"));
    assertThat(second.code()).as("%s", second).isEqualTo(13);
    assertThat(second.err()).contains("there is already a machine \"web\"");
    assertThat(cli.run("start", "web").code()).isEqualTo(13);

    assertThat(cli.run("pause", "web").code()).isZero();
    assertThat(cli.run("ps").out()).contains("paused");
    Ended exec = cli.run("exec", "web", "--", "true");
    assertThat(exec.code()).as("%s", exec).isEqualTo(13);
    assertThat(exec.err()).contains("'web' is paused", "launcher unpause web");

    kill(cli, "web", "launcher");
    assertThat(cli.run("ps").out()).contains("orphaned");
    Ended unpause = cli.run("unpause", "web");
    assertThat(unpause.code()).as("%s", unpause).isZero();
    assertThat(cli.run("qmp", "web", "query-status").out()).contains("\"running\"");

    Ended piped = cli.feed("\necho piped-$((40 + 2))\n", "console", "web");
    assertThat(piped.code()).as("%s", piped).isZero();
    assertThat(piped.out()).contains("piped-42");

    Ended stop = cli.run("stop", "web");
    assertThat(stop.code()).as("%s", stop).isZero();
    assertThat(cli.run("ps").out()).doesNotContain("web");
    assertThat(cli.run("ps", "-a").out()).contains("stopped");
    assertThat(cli.run("delete", "web").code()).isZero();
    assertNothingIsLeft(cli);
  }

  @Test
  void showsTheConsoleInTheForegroundAndEndsWithTheGuest() throws Exception {
    Ended run = cli.run(MicroGuest.run("fore", "echo the end is near; poweroff -f", "--rm"));

    assertThat(run.code()).as("%s", run).isZero();
    assertThat(run.out()).contains("barevirt guest ready", "the end is near");
    assertNothingIsLeft(cli);
  }

  @Test
  void aDetachedMachineGoesWhenItHasEnded() throws Exception {
    Ended run = cli.run(MicroGuest.run("brief", "", "-d", "--rm", "--wait", READY));
    assertThat(run.code()).as("%s", run).isZero();

    Ended stop = cli.run("stop", "brief");

    assertThat(stop.code()).as("%s", stop).isZero();
    assertNothingIsLeft(cli);
  }

  @Test
  void asksThenEndsTheMachineWhenItsUserInterrupts() throws Exception {
    Process run = cli.start(MicroGuest.run("intr", "", "--headless"));
    Awaitility.await().atMost(PATIENCE).until(() -> cli.run("ps").out().contains("running"));
    assertThat(cli.run("pause", "intr").code()).isZero(); // one that hears no power button

    interrupt(run);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> cli.run("inspect", "intr", "-o", "json").out().contains("SHUTDOWN"));
    assertThat(run.isAlive()).isTrue();
    interrupt(run);

    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).isZero();
    assertThat(new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("again: end QEMU", "again: kill it");
    assertThat(cli.run("ps", "-a", "-o", "wide").out()).contains("KILLED");
  }

  @Test
  void killsAQemuThatDoesNotAnswerWhenItsUserInterruptsThrice() throws Exception {
    Process run = cli.start(MicroGuest.run("stuck", "", "--headless"));
    Awaitility.await().atMost(PATIENCE).until(() -> cli.run("ps").out().contains("running"));
    signal("STOP", pid(cli.machine("stuck").resolve("run"), "qemu").orElseThrow());

    try (BufferedReader said = run.errorReader()) {
      interrupt(run);
      assertThat(said.lines().anyMatch(line -> line.contains("again: end QEMU"))).isTrue();
      interrupt(run);
      assertThat(said.lines().anyMatch(line -> line.contains("again: kill it"))).isTrue();
      interrupt(run);

      assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(cli.run("ps", "-a", "-o", "wide").out()).contains("KILLED");
  }

  private static void interrupt(Process process) throws Exception {
    signal("INT", process.pid());
  }

  private static void signal(String name, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  @Test
  void exitsAsTheProgramInTheGuestDid() throws Exception {
    Ended run =
        cli.run(
            "run",
            "--name",
            "agent",
            "--rm",
            "--memory",
            "192Mi",
            "--net",
            "none",
            "--kernel",
            MicroGuest.file("vmlinuz"),
            "--initrd",
            MicroGuest.file("initrd-agent.gz"),
            "--append",
            "console=ttyS0 quiet tsc_early_khz=2000000",
            "--exec",
            "echo to out; echo to err >&2; exit 7");

    assertThat(run.code()).as("%s", run).isEqualTo(7);
    assertThat(run.out()).contains("to out");
    assertThat(run.err()).contains("to err");
    assertNothingIsLeft(cli);
  }

  @Test
  void refusesADiskThatAnotherMachineUses() throws Exception {
    Path disk = cli.directory().resolve("disk.img");
    try (var file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(1 << 20);
    }
    String[] first = {
      "run", "-d", "--name", "one", "--memory", "64Mi", "--net", "none", "--disk", disk.toString()
    };
    Ended one = cli.run(first);
    assertThat(one.code()).as("%s", one).isZero();

    first[3] = "two";
    Ended two = cli.run(first);

    assertThat(two.code()).as("%s", two).isEqualTo(13);
    assertThat(cli.run("ps", "-a", "-o", "name").out().lines()).containsExactly("one");
  }

  @Test
  void refusesADiskThatItMayNotRead() throws Exception {
    Path disk = Files.createFile(cli.directory().resolve("disk.img"));
    Files.setPosixFilePermissions(disk, Set.of());

    Ended run = cli.powerless().run(MicroGuest.run("denied", "", "-d", "--disk", disk.toString()));

    assertThat(run.code()).as("%s", run).isEqualTo(4);
    assertThat(run.err()).contains("access to " + disk + " is denied");
    assertNothingIsLeft(cli);
  }

  @Test
  void refusesADiskThatIsNoDisk() throws Exception {
    Path fifo = cli.directory().resolve("fifo");
    new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();

    Ended piped = cli.run(MicroGuest.run("fifo", "", "-d", "--disk", fifo.toString()));
    assertThat(piped.code()).as("%s", piped).isEqualTo(4);
    assertThat(piped.err()).contains(fifo + " is refused: it is neither a regular file nor");

    Ended listed = cli.run(MicroGuest.run("dir", "", "-d", "--disk", cli.directory().toString()));
    assertThat(listed.code()).as("%s", listed).isEqualTo(4);
    assertThat(listed.err()).contains("it is a directory");
    assertNothingIsLeft(cli);
  }

  @Test
  void followsABackingFileOnlyWhenAsked() throws Exception {
    Path base = cli.directory().resolve("base.raw");
    try (var file = new RandomAccessFile(base.toFile(), "rw")) {
      file.setLength(1 << 20);
    }
    Path disk = cli.directory().resolve("disk.qcow2");
    var images = new QemuImg(new ChildProcessRunner(), "qemu-img");
    var beneath = new DiskImage(base, false, DiskFormat.RAW, 1 << 20, List.of());
    images.createOverlay(disk, beneath, 1 << 20);

    Ended refused = cli.run("run", "--disk", disk.toString(), "--net", "none", "--dry-run=argv");
    assertThat(refused.code()).as("%s", refused).isEqualTo(4);
    assertThat(refused.err()).contains("names the backing file " + base, "--allow-backing");

    Ended asked =
        cli.run(
            "run", "--disk", disk.toString(), "--allow-backing", "--net", "none", "--dry-run=argv");
    assertThat(asked.code()).as("%s", asked).isZero();
    assertThat(asked.out()).contains(disk.toString(), base.toString(), "\"backing\":\"vol-");
  }

  @Test
  void refusesAPortThatIsInUse() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended run = cli.run(MicroGuest.run("port", "", "-d", "-p", taken.getLocalPort() + ":22"));

      assertThat(run.code()).as("%s", run).isEqualTo(13);
      assertThat(run.err()).contains("cannot forward port " + taken.getLocalPort());
      assertNothingIsLeft(cli);
    }
  }

  @Test
  void saysThatThereIsNoQemu() throws Exception {
    Ended run =
        cli.with("BAREVIRT_QEMU", "/nonexistent/qemu").run(MicroGuest.run("noqemu", "", "-d"));

    assertThat(run.code()).as("%s", run).isEqualTo(3);
    assertNothingIsLeft(cli);
  }

  @Test
  void refusesABadManifestWithItsPath() throws Exception {
    Files.writeString(
        cli.directory().resolve("vmi.yaml"),
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata:
          name: bad
        spec:
          domain:
            cpu:
              coers: 2
            devices: {}
        """);

    Ended run = cli.run("run", "-f", "vmi.yaml");

    assertThat(run.code()).as("%s", run).isEqualTo(2);
    assertThat(run.err()).contains("vmi.yaml: spec.domain.cpu.coers", "\"cores\"", "line 8");
    assertNothingIsLeft(cli);
  }

  @Test
  void printsACommandThatRunsAsPasted() throws Exception {
    String[] words = MicroGuest.run("dry", "poweroff -f", "--dry-run=shell");
    words[Arrays.asList(words).indexOf("none")] = "user"; // with what stands beside QEMU
    Ended dry = cli.run(words);
    assertThat(dry.code()).as("%s", dry).isZero();

    // QEMU ends with its guest, so the line's end tells that it ran to the guest's own end.
    Process shell = new ProcessBuilder("timeout", "120", "sh", "-c", dry.out()).inheritIO().start();

    assertThat(shell.waitFor()).as("%s", dry).isZero();
  }

  @Test
  void pullsAnImageAndBootsItsKernel() throws Exception {
    Ended pull =
        cli.run(
            "image",
            "pull",
            "oci-archive:" + MicroGuest.file("guest-micro.oci.tar"),
            "--name",
            "micro");
    assertThat(pull.code()).as("%s", pull).isZero();
    assertThat(cli.run("image", "ls", "-o", "name").out().strip()).isEqualTo("micro");

    Files.writeString(
        cli.directory().resolve("vmi.yaml"),
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata:
          name: booted
        spec:
          domain:
            memory:
              guest: 128Mi
            firmware:
              kernelBoot:
                kernelArgs: console=ttyS0 quiet tsc_early_khz=2000000 barevirt.run=%s
                container:
                  image: micro
                  kernelPath: /boot/vmlinuz
                  initrdPath: /boot/initrd.gz
            devices:
              autoattachPodInterface: false
        """
            .formatted(MicroGuest.script("poweroff -f")));
    Ended run = cli.run("run", "-f", "vmi.yaml", "--rm");

    assertThat(run.code()).as("%s", run).isZero();
    assertThat(run.out()).contains("barevirt guest ready");
    assertThat(cli.run("image", "rm", "micro").code()).isZero();
  }

  static void assertNothingIsLeft(CliProcess cli) throws Exception {
    for (Path kind :
        new Path[] {cli.directory().resolve("state/machines"), cli.directory().resolve("run")}) {
      if (Files.isDirectory(kind)) {
        try (Stream<Path> entries = Files.list(kind)) {
          assertThat(entries).as("left in " + kind).isEmpty();
        }
      }
    }
  }
}
