package dev.barevirt.launcher.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotChainTest {
  @TempDir Path directory;

  @Test
  void isRememberedAndForgotten() throws Exception {
    assertThat(SnapshotChain.of(directory, "v").overlays()).isEmpty();
    Path first = SnapshotChain.of(directory, "v").next("v");
    Files.createFile(first);
    Path second = SnapshotChain.of(directory, "v").push(first).next("v");

    SnapshotChain.of(directory, "v").push(second);
    assertThat(SnapshotChain.of(directory, "v").overlays()).containsExactly(second, first);
    SnapshotChain.of(directory, "v").forget();
    assertThat(SnapshotChain.of(directory, "v").overlays()).isEmpty();
    assertThat(SnapshotChain.of(directory, "v").next("v")).isNotEqualTo(first);
  }
}
