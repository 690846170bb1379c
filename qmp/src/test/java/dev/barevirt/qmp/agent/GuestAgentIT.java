package dev.barevirt.qmp.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.qmp.Until;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dialect with a real agent in a real guest, and nothing of ours but this module. */
final class GuestAgentIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int SEED = 7;
  private static final Path GUESTS =
      Path.of(System.getProperty("barevirt.guests", "../target/guests")).toAbsolutePath();

  private final WireLoop loop = WireLoop.start("agent");
  private Path directory = Path.of("/tmp");
  private Process qemu;

  @BeforeEach
  void boot() throws IOException {
    assertThat(GUESTS.resolve("initrd-agent.gz"))
        .as("the guest with an agent; launcher/guests/build makes it")
        .isRegularFile();
    directory = Files.createTempDirectory(Path.of("/tmp"), "bv");
    qemu =
        new ProcessBuilder(arguments())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    Until.holds("QEMU listens", () -> Files.exists(directory.resolve("agent")));
  }

  private static List<String> arguments() {
    return List.of(
        "qemu-system-x86_64",
        "-nodefaults",
        "-no-user-config",
        "-display",
        "none",
        "-accel",
        "tcg",
        "-m",
        "128",
        "-kernel",
        GUESTS + "/vmlinuz",
        "-initrd",
        GUESTS + "/initrd-agent.gz",
        "-append",
        "console=ttyS0 quiet tsc_early_khz=2000000",
        "-serial",
        "file:console",
        "-device",
        "virtio-serial-pci",
        "-chardev",
        "socket,id=agent,server=on,wait=off,path=agent",
        "-device",
        "virtserialport,chardev=agent,name=org.qemu.guest_agent.0");
  }

  @AfterEach
  void end() throws IOException {
    qemu.destroyForcibly();
    qemu.onExit().join();
    loop.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void speaksWithTheAgentOfAGuest() throws Exception {
    try (GuestAgent agent =
        GuestAgent.connect(loop, directory.resolve("agent"), WireSettings.agent())) {
      // Nobody listens before the guest is up: what was said then must not spoil what comes.
      assertThatThrownBy(() -> agent.ping(SHORT)).isInstanceOf(WireException.TimedOut.class);
      Until.holds("the agent answers", () -> answers(agent));
      tellsAboutTheGuest(agent);
      runsPrograms(agent);
      movesFiles(agent);
      freezesNothing(agent);
    }
    // The agent is in the middle of nothing for whoever comes next.
    try (GuestAgent next =
        GuestAgent.connect(loop, directory.resolve("agent"), WireSettings.agent())) {
      assertThat(next.hostName(PATIENCE)).isEqualTo("barevirt");
      next.shutdown(ShutdownMode.POWERDOWN, PATIENCE);
      Until.holds("the guest ends", () -> !qemu.isAlive());
      assertThat(qemu.exitValue()).isZero();
    }
  }

  private static boolean answers(GuestAgent agent) {
    try {
      agent.ping(SHORT);
      return true;
    } catch (WireException.TimedOut _) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static void tellsAboutTheGuest(GuestAgent agent) throws Exception {
    AgentInfo info = agent.info(PATIENCE);
    assertThat(info.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(info.offers("guest-exec")).isTrue();
    assertThat(info.offers("guest-dance")).isFalse();
    assertThat(agent.hostName(PATIENCE)).isEqualTo("barevirt");
    assertThat(agent.osInfo(PATIENCE).id()).isEqualTo("barevirt-micro");
    assertThat(agent.osInfo(PATIENCE).machine()).isEqualTo("x86_64");
    assertThat(agent.networkInterfaces(PATIENCE)).extracting(NetworkInterface::name).contains("lo");
    assertThat(agent.timezone(PATIENCE).offset()).isZero();
    assertThatThrownBy(() -> agent.setUserPassword("nobody", "secret", false, PATIENCE))
        .isInstanceOf(WireException.Refused.class)
        .hasMessageNotContaining("secret");
  }

  private static void runsPrograms(GuestAgent agent) throws Exception {
    ExecStatus said =
        ended(
            agent,
            new ExecRequest(
                "/bin/sh",
                List.of("-c", "cat; echo $GREETING; echo to err >&2; exit 3"),
                List.of("GREETING=h\u00e9llo"),
                Bytes.of("input\n"),
                true));
    assertThat(said.exitCode()).isEqualTo(3);
    assertThat(said.signal()).isNull();
    assertThat(said.output().text()).isEqualTo("input\nh\u00e9llo\n");
    assertThat(said.error().text()).isEqualTo("to err\n");

    ExecStatus killed = ended(agent, ExecRequest.of("/bin/sh", "-c", "kill -9 $$"));
    assertThat(killed.signal()).isEqualTo(9);
    assertThat(killed.exitCode()).isNull();

    assertThatThrownBy(() -> agent.exec(ExecRequest.of("/nowhere/at-all"), PATIENCE))
        .isInstanceOf(WireException.Refused.class)
        .hasMessageContaining("/nowhere/at-all");
    assertThatThrownBy(() -> agent.execStatus(999_999, PATIENCE))
        .isInstanceOf(WireException.Refused.class);
  }

  private static ExecStatus ended(GuestAgent agent, ExecRequest request) throws Exception {
    long pid = agent.exec(request, PATIENCE);
    AtomicReference<ExecStatus> status = new AtomicReference<>();
    Until.holds("process " + pid + " ends", () -> isOver(agent, pid, status));
    return Objects.requireNonNull(status.get());
  }

  private static boolean isOver(GuestAgent agent, long pid, AtomicReference<ExecStatus> status) {
    try {
      ExecStatus now = agent.execStatus(pid, PATIENCE);
      status.set(now);
      return now.exited();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static void movesFiles(GuestAgent agent) throws Exception {
    byte[] content = new byte[40_000];
    new Random(SEED).nextBytes(content);
    long file = agent.openFile("/tmp/content", "w", PATIENCE);
    assertThat(agent.writeFile(file, Bytes.of(content), PATIENCE)).isEqualTo(content.length);
    agent.closeFile(file, PATIENCE);

    long again = agent.openFile("/tmp/content", "r", PATIENCE);
    byte[] read = new byte[0];
    boolean end = false;
    while (!end) {
      FileChunk chunk = agent.readFile(again, 16_384, PATIENCE);
      byte[] piece = chunk.data().toArray();
      read = Arrays.copyOf(read, read.length + piece.length);
      System.arraycopy(piece, 0, read, read.length - piece.length, piece.length);
      end = chunk.end();
    }
    agent.closeFile(again, PATIENCE);
    assertThat(read).isEqualTo(content);
    assertThatThrownBy(() -> agent.readFile(again, 1, PATIENCE))
        .isInstanceOf(WireException.Refused.class);
    assertThatThrownBy(() -> agent.openFile("/nowhere/at-all", "r", PATIENCE))
        .isInstanceOf(WireException.Refused.class);
  }

  private static void freezesNothing(GuestAgent agent) throws Exception {
    assertThat(agent.freezeState(PATIENCE)).isEqualTo(FreezeState.THAWED);
    assertThat(agent.freeze(PATIENCE)).as("no file system is on a disk").isZero();
    assertThat(agent.freezeState(PATIENCE)).as("so none is frozen").isEqualTo(FreezeState.THAWED);
    assertThat(agent.thaw(PATIENCE)).isZero();
  }
}
