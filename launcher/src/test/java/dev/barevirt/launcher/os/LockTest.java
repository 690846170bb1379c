package dev.barevirt.launcher.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockTest {
  private static final String HOLD_A_SHARED_LOCK =
      """
      import fcntl, os, sys
      f = open(sys.argv[1], 'rb')
      fcntl.lockf(f, fcntl.LOCK_SH, 1, 201)
      os.write(1, b'x')
      os.read(0, 1)
      """;

  @TempDir Path directory;

  @Test
  void onlyOneHolds() {
    Path file = directory.resolve("lock");
    try (Flock held = Flock.tryExclusive(file).orElseThrow()) {
      assertThat(Flock.tryExclusive(file)).isEmpty();
      assertThat(Flock.tryShared(file)).isEmpty();
      assertThat(held.file().number()).isPositive();
    }
    Flock.tryExclusive(file).orElseThrow().close();
  }

  @Test
  void severalShare() {
    Path file = directory.resolve("lock");
    try (Flock one = Flock.tryShared(file).orElseThrow();
        Flock two = Flock.tryShared(file).orElseThrow()) {
      assertThat(one.file().number()).isNotEqualTo(two.file().number());
      assertThat(Flock.tryExclusive(file)).isEmpty();
    }
  }

  @Test
  void aKilledHolderLetsGo() {
    Path file = directory.resolve("lock");
    Flock held = Flock.tryExclusive(file).orElseThrow();
    RunningProcess child =
        Children.ofThisProcess()
            .start(SpawnRequest.of(List.of("/bin/sleep", "1000")).passing(9, held.file()));
    held.close();
    assertThat(Flock.tryExclusive(file)).as("the child still holds it").isEmpty();

    child.signal(Signal.KILL);

    assertThat(child.awaitExit(Duration.ofSeconds(60))).isPresent();
    Flock.tryExclusive(file).orElseThrow().close();
  }

  @Test
  void seesAnImageThatIsOpenInAnotherProcess() throws IOException {
    Path image = Files.write(directory.resolve("image"), new byte[4096]);
    try (OwnedFd file = OpenFile.open(image, Set.of(OpenFlag.READ_WRITE))) {
      assertThat(OfdLock.heldByQemu(file)).isFalse();
      try (Pipe ready = Pipe.open();
          Pipe hold = Pipe.open()) {
        RunningProcess holder =
            Children.ofThisProcess()
                .start(
                    SpawnRequest.of(
                            List.of("/usr/bin/python3", "-c", HOLD_A_SHARED_LOCK, image.toString()))
                        .withEnvironment(Map.of())
                        .passing(0, hold.reader())
                        .passing(1, ready.writer()));
        ready.writer().close();
        assertThat(RawBytes.read(ready.reader(), 1)).hasSize(1);

        assertThat(OfdLock.heldByQemu(file)).isTrue();

        hold.writer().close();
        assertThat(holder.awaitExit(Duration.ofSeconds(60))).isPresent();
        assertThat(OfdLock.heldByQemu(file)).isFalse();
      }
    }
  }
}
