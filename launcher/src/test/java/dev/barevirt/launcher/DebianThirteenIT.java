package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A launcher in a Debian 13, whose QEMU 10.0 differs from this system's in what a guest needs. */
final class DebianThirteenIT {
  private static final long MIB = 1L << 20;

  @TempDir Path directory;

  @Test
  void runsAGuestWithADiskSavesAndRestoresIt() throws Exception {
    Path disk = directory.resolve("disk.img");
    try (var image = new RandomAccessFile(disk.toFile(), "rw")) {
      image.setLength(16 * MIB);
    }
    Path state = directory.resolve("state");
    GuestRequest request = Requests.withDisks(Map.of("data", disk));
    try (ResidentProcess resident = ResidentProcess.startInTrixie()) {
      GuestReport begun = resident.call(new LauncherCommand.Sync(request));
      assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
      assertThat(Objects.requireNonNull(begun.qemu()).version()).startsWith("10.");
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        assertThat(console.run("cat /sys/block/vda/size")).contains("" + 16 * MIB / 512);
        console.run("echo written > /dev/vda; sync; echo remembered > /tmp/mark");
        resident.call(new LauncherCommand.Save(state.toString()));
      }
      assertThat(resident.lastReport().reason()).as(resident.log()).isEqualTo(GuestReason.SAVED);
      try (var written = Files.newInputStream(disk)) {
        assertThat(new String(written.readNBytes(7), StandardCharsets.US_ASCII))
            .isEqualTo("written");
      }
      assertThat(directory.resolve("state.kind")).hasContent("mapped-ram");
      GuestRequest again = request.withPlacements(resident.lastReport().placements());
      resident.restart();
      resident.call(new LauncherCommand.Restore(again, state.toString()));
      try (SerialText console = resident.console()) {
        console.type("\n");
        assertThat(console.run("cat /tmp/mark; head -n 1 /dev/vda"))
            .contains("remembered", "written");
      }
      resident.call(new LauncherCommand.Kill(false));
      assertThat(resident.lastReport().reason()).as(resident.log()).isEqualTo(GuestReason.KILLED);
    }
  }
}
