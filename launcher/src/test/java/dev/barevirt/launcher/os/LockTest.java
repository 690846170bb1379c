package dev.barevirt.launcher.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockTest {
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
  void seesThatQemuHasAnImageOpen() throws IOException {
    Path image = Files.write(directory.resolve("image"), new byte[4096]);
    try (OwnedFd asking = OpenFile.open(image, Set.of(OpenFlag.READ_WRITE));
        FileChannel qemu = FileChannel.open(image, StandardOpenOption.READ)) {
      assertThat(OfdLock.heldByQemu(asking)).isFalse();

      // Byte 201 is what QEMU locks to say that it wants to read consistently. The JDK's locks
      // belong to the process and not to the descriptor, so ours and this one do collide.
      try (FileLock shared = qemu.lock(201, 1, true)) {
        assertThat(shared.isShared()).isTrue();
        assertThat(OfdLock.heldByQemu(asking)).isTrue();
      }

      assertThat(OfdLock.heldByQemu(asking)).isFalse();
    }
  }
}
