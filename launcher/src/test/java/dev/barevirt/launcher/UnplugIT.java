package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that never lets go of a disk, until it boots anew. */
final class UnplugIT {
  private static final long MIB = 1L << 20;

  @TempDir Path directory;

  @Test
  void aDiskThatTheGuestHoldsOnToIsToldAndGoesWithAReset() throws Exception {
    Path first = sparse("first.img", 16 * MIB);
    Path second = sparse("second.img", 32 * MIB);
    Map<String, Path> both = new TreeMap<>(Map.of("first", first, "second", second));
    GuestRequest two = deaf(Requests.withDisks(both));
    GuestRequest one = deaf(Requests.withDisks(Map.of("first", first)));
    try (ResidentProcess resident = ResidentProcess.start()) {
      assertThat(resident.call(new LauncherCommand.Sync(two)).phase())
          .as(resident.log())
          .isEqualTo(GuestPhase.RUNNING);
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        assertThat(console.run("cat /sys/module/acpiphp/parameters/disable")).contains("Y");
        GuestReport asked = resident.call(new LauncherCommand.Replug(one));
        assertThat(state(asked)).isEqualTo(DeviceReport.State.UNPLUGGING);
        assertThat(console.run("ls /sys/block")).contains("vdb");
        try (var connection = resident.dial()) {
          assertThat(ResidentProcess.refusal(connection, new LauncherCommand.Replug(two)))
              .startsWith("CONFLICT")
              .contains("second");
        }
        assertThat(state(resident.call(new LauncherCommand.Replug(one))))
            .as("asking again changes nothing")
            .isEqualTo(DeviceReport.State.UNPLUGGING);

        resident.call(new LauncherCommand.Reset());
        console.await("barevirt guest ready");
        Awaitility.await()
            .atMost(ResidentProcess.PATIENCE)
            .until(() -> resident.call(new LauncherCommand.Report()).devices().size() == 1);
        assertThat(console.run("ls /sys/block")).contains("vda").doesNotContain("vdb");
        resident.call(new LauncherCommand.Replug(two));
        resident.call(new LauncherCommand.Reset());
        console.await("barevirt guest ready");
        assertThat(console.run("cat /sys/block/vdb/size")).contains("" + 32 * MIB / 512);
      }
      resident.call(new LauncherCommand.Kill(false));
      resident.lastReport();
    }
  }

  /** The guest does not hear ACPI's plugging and unplugging. */
  private static GuestRequest deaf(GuestRequest request) {
    return Requests.withKernelArgs(request, "acpiphp.disable=1");
  }

  private static DeviceReport.State state(GuestReport report) {
    return report.devices().stream()
        .filter(device -> device.name().equals("second"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(report.devices()))
        .state();
  }

  private Path sparse(String name, long bytes) throws Exception {
    Path file = directory.resolve(name);
    try (var image = new RandomAccessFile(file.toFile(), "rw")) {
      image.setLength(bytes);
    }
    return file;
  }
}
