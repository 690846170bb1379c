package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host's disk that is full stops the guest instead of losing its writes; needs root to mount. */
final class IoErrorIT {
  @TempDir Path small;

  @BeforeEach
  void mount() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", small.toString());
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s: %s", String.join(" ", command), said).isZero();
  }

  @Test
  void fullDiskStopsTheGuestAndSpaceLetsItGoOn() throws Exception {
    Path image = small.resolve("disk.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(16L << 20);
    }
    try (ResidentProcess resident = ResidentProcess.start()) {
      resident.call(new LauncherCommand.Sync(Requests.withDisks(Map.of("data", image))));
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        console.type("dd if=/dev/zero of=/dev/vda bs=1M count=12 && sync && echo WRIT''TEN\n");
        GuestReport stopped = resident.awaitPhase(GuestPhase.PAUSED);
        assertThat(stopped.reason()).isEqualTo(GuestReason.IO_ERROR);
        assertThat(stopped.message()).contains("no space");
        run("mount", "-o", "remount,size=64m", small.toString());
        resident.call(new LauncherCommand.Resume());
        console.await("WRITTEN");
        assertThat(resident.awaitPhase(GuestPhase.RUNNING).reason()).isNull();
      }
      resident.call(new LauncherCommand.Kill(false));
      assertThat(resident.lastReport().reason()).as(resident.log()).isEqualTo(GuestReason.KILLED);
    }
  }
}
