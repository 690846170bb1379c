package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with a guest while it runs, seen from inside it where it can be. */
final class OperationsIT {
  private static final long MIB = 1L << 20;

  @TempDir Path directory;

  private static GuestReport sync(ResidentProcess resident, GuestRequest request)
      throws InterruptedException {
    GuestReport report = resident.call(new LauncherCommand.Sync(request));
    assertThat(report.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
    return report;
  }

  @Test
  void looksAtAGuestAndHoldsIt() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      sync(resident, Requests.withNic());
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        Path picture = directory.resolve("screen.png");
        resident.call(new LauncherCommand.Screenshot(picture.toString()));
        assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
        try (var connection = resident.dial()) {
          assertThat(
                  ResidentProcess.refusal(
                      connection, new LauncherCommand.Screenshot(picture.toString())))
              .startsWith("CONFLICT");
        }
        Path core = directory.resolve("memory.elf");
        resident.call(new LauncherCommand.DumpMemory(core.toString()));
        assertThat(Files.size(core)).isGreaterThan(128 * MIB);
        resident.call(new LauncherCommand.Pause());
        assertThat(resident.awaitPhase(GuestPhase.PAUSED).reason())
            .isEqualTo(GuestReason.PAUSED_BY_USER);
        resident.call(new LauncherCommand.Resume());
        resident.awaitPhase(GuestPhase.RUNNING);
        assertThat(console.run("cat /sys/class/net/eth0/carrier")).contains("1");
        resident.call(new LauncherCommand.SetLink("default", false));
        Awaitility.await()
            .atMost(ResidentProcess.PATIENCE)
            .until(() -> console.run("cat /sys/class/net/eth0/carrier").contains("0"));
        resident.call(new LauncherCommand.Reset());
        console.await("barevirt guest ready");
        resident.call(new LauncherCommand.Kill(false));
        resident.lastReport();
      }
    }
  }

  @Test
  void aLinkThatIsToBeDownIsDownBeforeTheGuestRuns() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      sync(resident, Requests.withNic("down"));
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        console.run("ip link set eth0 up");
        assertThat(console.run("cat /sys/class/net/eth0/carrier")).contains("0");
        resident.call(new LauncherCommand.Replug(Requests.withNic("up")));
        Awaitility.await()
            .atMost(ResidentProcess.PATIENCE)
            .until(() -> console.run("cat /sys/class/net/eth0/carrier").contains("1"));
      }
      resident.call(new LauncherCommand.Kill(false));
      resident.lastReport();
    }
  }

  @Test
  void savedGuestGoesOnWhereItWas() throws Exception {
    Path state = directory.resolve("state");
    GuestRequest request = Requests.micro("");
    try (ResidentProcess resident = ResidentProcess.start()) {
      sync(resident, request);
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        console.run("echo remembered > /tmp/mark");
        resident.call(new LauncherCommand.Save(state.toString()));
      }
      assertThat(resident.lastReport().reason()).isEqualTo(GuestReason.SAVED);
      GuestRequest again = request.withPlacements(resident.lastReport().placements());
      resident.restart();
      resident.call(new LauncherCommand.Restore(again, state.toString()));
      try (SerialText console = resident.console()) {
        console.type("\n");
        assertThat(console.run("cat /tmp/mark")).contains("remembered");
      }
      resident.call(new LauncherCommand.Kill(false));
      assertThat(resident.lastReport().reason()).isEqualTo(GuestReason.KILLED);
    }
  }

  @Test
  void disksAreGrownKeptAndPlugged() throws Exception {
    Path first = sparse("first.img", 16 * MIB);
    Path second = sparse("second.img", 32 * MIB);
    Map<String, Path> both = new TreeMap<>(Map.of("first", first, "second", second));
    try (ResidentProcess resident = ResidentProcess.start()) {
      GuestRequest one = Requests.withDisks(Map.of("first", first));
      sync(resident, one);
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        resident.call(new LauncherCommand.ResizeDisk("first", 24 * MIB));
        Awaitility.await()
            .atMost(ResidentProcess.PATIENCE)
            .until(() -> console.run("cat /sys/block/vda/size").contains("" + 24 * MIB / 512));

        console.run("echo before > /dev/vda; sync");
        var taken =
            resident.call(new LauncherCommand.SnapshotDisks(List.of("first"), false)).snapshots();
        assertThat(taken).singleElement().extracting("path").isEqualTo(first.toString());
        console.run("echo after > /dev/vda; sync");
        assertThat(Files.newInputStream(first).readNBytes(6))
            .isEqualTo("before".getBytes(StandardCharsets.US_ASCII));

        resident.call(new LauncherCommand.Replug(Requests.withDisks(both)));
        Awaitility.await()
            .atMost(ResidentProcess.PATIENCE)
            .until(() -> console.run("cat /sys/block/vdb/size").contains("" + 32 * MIB / 512));

        resident.call(new LauncherCommand.Replug(one));
        Awaitility.await()
            .atMost(ResidentProcess.PATIENCE)
            .until(() -> devices(resident).equals(List.of("first")));
        assertThat(console.run("ls /sys/block")).doesNotContain("vdb");
        resident.call(new LauncherCommand.Kill(false));
        resident.lastReport();
      }
    }
  }

  @Test
  void interfacesArePluggedAndPulled() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      GuestRequest none = Requests.withNics(List.of());
      sync(resident, none);
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        assertThat(console.run("ls /sys/class/net")).doesNotContain("eth0");
        resident.call(new LauncherCommand.Replug(Requests.withNic("down")));
        Awaitility.await()
            .atMost(ResidentProcess.PATIENCE)
            .until(() -> console.run("ls /sys/class/net").contains("eth0"));
        console.run("ip link set eth0 up");
        assertThat(console.run("cat /sys/class/net/eth0/carrier")).contains("0");
        resident.call(new LauncherCommand.Replug(Requests.withNic("up")));
        Awaitility.await()
            .atMost(ResidentProcess.PATIENCE)
            .until(() -> console.run("cat /sys/class/net/eth0/carrier").contains("1"));
        resident.call(new LauncherCommand.Replug(none));
        Awaitility.await()
            .atMost(ResidentProcess.PATIENCE)
            .until(() -> resident.call(new LauncherCommand.Report()).devices().isEmpty());
        assertThat(console.run("ls /sys/class/net")).doesNotContain("eth0");
      }
      resident.call(new LauncherCommand.Kill(false));
      resident.lastReport();
    }
  }

  @Test
  void agentAnswersForTheGuest() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      sync(resident, Requests.micro("", "initrd-agent.gz"));
      Awaitility.await()
          .atMost(ResidentProcess.PATIENCE)
          .until(() -> resident.call(new LauncherCommand.Report()).guestUp());
      AgentReport agent = resident.call(new LauncherCommand.AgentInfo());
      assertThat(agent.hostname()).isEqualTo("barevirt");
      assertThat(agent.interfaces()).extracting(AgentReport.Interface::name).contains("lo");
      long pid =
          resident
              .call(
                  new LauncherCommand.AgentExec(
                      "/bin/sh",
                      List.of("-c", "read x; echo got $x; exit 3"),
                      List.of(),
                      base64("input\n")))
              .pid();
      Awaitility.await()
          .atMost(ResidentProcess.PATIENCE)
          .until(
              () -> {
                var status = resident.call(new LauncherCommand.AgentExecStatus(pid));
                if (!status.exited()) {
                  return false;
                }
                assertThat(status.exitCode()).isEqualTo(3);
                assertThat(status.output()).isEqualTo(base64("got input\n"));
                return true;
              });
      long file = resident.call(new LauncherCommand.AgentFileOpen("/tmp/x", "w+")).handle();
      resident.call(new LauncherCommand.AgentFileWrite(file, base64("content")));
      resident.call(new LauncherCommand.AgentFileClose(file));
      file = resident.call(new LauncherCommand.AgentFileOpen("/tmp/x", "r")).handle();
      assertThat(resident.call(new LauncherCommand.AgentFileRead(file, 100)).data())
          .isEqualTo(base64("content"));
      resident.call(new LauncherCommand.Shutdown(60L));
      assertThat(resident.lastReport().reason())
          .as(resident.log())
          .isEqualTo(GuestReason.SHUTDOWN_REQUESTED);
    }
  }

  private Path sparse(String name, long bytes) throws Exception {
    Path file = directory.resolve(name);
    try (var image = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      image.setLength(bytes);
    }
    return file;
  }

  private static List<String> devices(ResidentProcess resident) throws InterruptedException {
    return resident.call(new LauncherCommand.Report()).devices().stream()
        .filter(device -> device.kind() == DeviceReport.Kind.DISK)
        .map(DeviceReport::name)
        .toList();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
