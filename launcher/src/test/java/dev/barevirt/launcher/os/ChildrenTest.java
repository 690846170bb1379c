package dev.barevirt.launcher.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildrenTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Children children = Children.ofThisProcess();

  @Test
  void tellsTheExitCode() {
    RunningProcess child = children.start(shell("exit 7"));

    assertThat(child.awaitExit(SOON)).contains(new ExitStatus.Exited(7));
    assertThat(child.isAlive()).isFalse();
    assertThat(child.signal(Signal.TERM)).isFalse();
  }

  @Test
  void tellsTheSignal() {
    RunningProcess child = children.start(SpawnRequest.of(List.of("/bin/sleep", "1000")));

    assertThat(child.awaitExit(Duration.ZERO)).isEmpty();
    assertThat(child.signal(Signal.KILL)).isTrue();

    assertThat(child.awaitExit(SOON)).contains(new ExitStatus.Signalled(9));
    assertThat(new ExitStatus.Signalled(9)).hasToString("SIGKILL");
  }

  @Test
  void aMissingProgramIsToldAtOnce() {
    SpawnRequest request = SpawnRequest.of(List.of("/no/such/program"));

    assertThatThrownBy(() -> children.start(request))
        .isInstanceOf(OsException.class)
        .hasMessage("cannot start /no/such/program: no such file or directory");
  }

  @Test
  void theChildSeesOnlyTheEnvironmentItWasGiven() {
    SpawnRequest request =
        SpawnRequest.of(List.of("/usr/bin/env")).withEnvironment(Map.of("A", "b=c d"));

    assertThat(output(request)).isEqualTo("A=b=c d\n");
  }

  @Test
  void theChildStartsInItsDirectory(@TempDir Path directory) throws IOException {
    SpawnRequest request = SpawnRequest.of(List.of("/bin/pwd", "-P")).in(directory);

    assertThat(output(request)).isEqualTo(directory.toRealPath() + "\n");
  }

  @Test
  void theChildHasExactlyTheDescriptorsItWasGiven() {
    try (OwnedFd seven = Memfd.sealed("seven", bytes("7"));
        OwnedFd leaked = Memfd.sealed("leaked", bytes("x"))) {
      SpawnRequest request = shell("ls /proc/self/fd").passing(7, seven);

      // 3 is the directory that ls itself reads.
      assertThat(output(request).lines()).containsExactly("0", "1", "2", "3", "7");
      assertThat(leaked.number()).isPositive();
    }
  }

  @Test
  void descriptorsMayTradeNumbers() {
    try (OwnedFd one = Memfd.sealed("one", bytes("1"));
        OwnedFd two = Memfd.sealed("two", bytes("2"))) {
      SpawnRequest request =
          shell("readlink /proc/self/fd/" + one.number() + " /proc/self/fd/" + two.number())
              .passing(one.number(), two)
              .passing(two.number(), one);

      assertThat(output(request).lines())
          .containsExactly("/memfd:two (deleted)", "/memfd:one (deleted)");
    }
  }

  @Test
  void aDescriptorKeepsItsNumberWhenItIsAlreadyTheRightOne() {
    try (OwnedFd file = Memfd.sealed("same", bytes("1"))) {
      SpawnRequest request =
          shell("readlink /proc/self/fd/" + file.number()).passing(file.number(), file);

      assertThat(output(request)).isEqualTo("/memfd:same (deleted)\n");
    }
  }

  @Test
  void noSignalIsBlockedOrIgnoredInTheChild() {
    String status = output(SpawnRequest.of(List.of("/bin/cat", "/proc/self/status")));

    // Signals 32 and 33 belong to the C library, which ignores them in every child it spawns.
    assertThat(status)
        .contains("SigBlk:\t0000000000000000")
        .containsPattern("SigIgn:\t0000000[01]80000000|SigIgn:\t0000000000000000");
  }

  @Test
  void aGroupOfItsOwnDiesTogether() {
    try (Pipe pipe = Pipe.open()) {
      RunningProcess child =
          children.start(shell("sleep 1000 & echo $!; wait").passing(1, pipe.writer()));
      long grandchild =
          Long.parseLong(
              new String(RawBytes.read(pipe.reader(), 20), StandardCharsets.UTF_8).strip());

      assertThat(child.signalGroup(Signal.KILL)).isTrue();
      assertThat(child.awaitExit(SOON)).isPresent();
      pipe.writer().close();

      // The last writer of the pipe was the grandchild.
      assertThat(RawBytes.read(pipe.reader(), 1)).isEmpty();
      assertThat(grandchild).isNotEqualTo(child.pid());
    }
  }

  @Test
  void aSessionOfItsOwnIsLedByTheChild() {
    String stat =
        output(shell("cut -d' ' -f1,6 /proc/$$/stat").inGroup(SpawnRequest.Group.OWN_SESSION));

    String[] pidAndSession = stat.strip().split(" ", -1);
    assertThat(pidAndSession[1]).isEqualTo(pidAndSession[0]);
  }

  @Test
  void leavesTheChildrenOfTheJdkAlone() throws Exception {
    Process other = new ProcessBuilder("/bin/sh", "-c", "exit 3").start();
    RunningProcess mine = children.start(shell("exit 4"));

    assertThat(mine.awaitExit(SOON)).contains(new ExitStatus.Exited(4));
    assertThat(other.waitFor()).isEqualTo(3);
  }

  @Test
  void refusesARelativeProgram() {
    List<String> command = List.of("sh");

    assertThatThrownBy(() -> SpawnRequest.of(command)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anIdentityIsFoundAgainAndAnotherOfTheSameNumberIsNot() {
    RunningProcess child = children.start(SpawnRequest.of(List.of("/bin/sleep", "1000")));
    ProcessIdentity identity = child.identity();
    try (AdoptedProcess adopted = AdoptedProcess.find(identity).orElseThrow()) {
      assertThat(adopted.isAlive()).isTrue();
      assertThat(AdoptedProcess.find(new ProcessIdentity(identity.pid(), 1))).isEmpty();

      assertThat(adopted.signal(Signal.TERM)).isTrue();

      assertThat(adopted.awaitExit(SOON)).contains(new ExitStatus.Unknown());
      assertThat(child.awaitExit(SOON)).contains(new ExitStatus.Signalled(15));
      assertThat(adopted.signal(Signal.TERM)).isFalse();
      assertThat(AdoptedProcess.find(identity)).isEmpty();
    }
  }

  @Test
  void aWatchedProcessReportsItsEnd() {
    RunningProcess child = children.start(SpawnRequest.of(List.of("/bin/sleep", "1000")));
    AdoptedProcess adopted = AdoptedProcess.find(child.identity()).orElseThrow().watched();

    adopted.signal(Signal.KILL);

    assertThat(adopted.onExit().toCompletableFuture())
        .succeedsWithin(SOON)
        .isEqualTo(new ExitStatus.Unknown());
  }

  @Test
  void limitsAreSetFromOutside() {
    RunningProcess child = children.start(SpawnRequest.of(List.of("/bin/sleep", "1000")));

    ResourceLimit.OPEN_FILES.set(child.pid(), 77);

    assertThat(ResourceLimit.OPEN_FILES.get(child.pid())).isEqualTo(77);
    child.signal(Signal.KILL);
    assertThat(child.awaitExit(SOON)).isPresent();
  }

  private String output(SpawnRequest request) {
    try (Pipe pipe = Pipe.open()) {
      RunningProcess child = children.start(request.passing(1, pipe.writer()));
      pipe.writer().close();
      StringBuilder text = new StringBuilder();
      for (byte[] part = RawBytes.read(pipe.reader(), 8192);
          part.length > 0;
          part = RawBytes.read(pipe.reader(), 8192)) {
        text.append(new String(part, StandardCharsets.UTF_8));
      }
      assertThat(child.awaitExit(SOON)).contains(new ExitStatus.Exited(0));
      return text.toString();
    }
  }

  private static SpawnRequest shell(String script) {
    return SpawnRequest.of(List.of("/bin/sh", "-c", script))
        .withEnvironment(Map.of("PATH", "/usr/bin:/bin"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
