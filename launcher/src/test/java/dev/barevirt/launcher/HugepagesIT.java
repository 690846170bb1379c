package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guest whose memory is huge pages of this host, which root sets aside for it. */
final class HugepagesIT {
  private static final Path RESERVED =
      Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages");
  private static final int NEEDED = 64;

  private long before;

  @BeforeEach
  void reserve() throws IOException {
    before = Long.parseLong(Files.readString(RESERVED).strip());
    String wanted = Long.toString(before + NEEDED);
    Awaitility.await("memory for %d huge pages".formatted(NEEDED))
        .atMost(ResidentProcess.PATIENCE)
        .until(
            () -> {
              Files.writeString(RESERVED, wanted);
              return Files.readString(RESERVED).strip().equals(wanted);
            });
  }

  @AfterEach
  void giveBack() throws IOException {
    Files.writeString(RESERVED, Long.toString(before));
  }

  @Test
  void theGuestLivesInThem() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      GuestReport begun =
          resident.call(
              new LauncherCommand.Sync(
                  Requests.micro(
                      "\"memory\": {\"guest\": \"128Mi\", \"hugepages\": {\"pageSize\": \"2Mi\"}}")));
      assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
      assertThat(hugeKibOfQemu(resident)).isEqualTo(NEEDED * 2048L);
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        assertThat(console.run("free -m | grep Mem")).containsPattern("Mem: +(9[0-9]|1[012][0-9])");
      }
      resident.call(new LauncherCommand.Kill(false));
      resident.lastReport();
    }
  }

  private static long hugeKibOfQemu(ResidentProcess resident) throws IOException {
    long pid =
        java.util.Objects.requireNonNull(resident.machine().run().orElseThrow().qemu()).pid();
    return Files.readAllLines(Path.of("/proc/" + pid + "/smaps")).stream()
        .filter(line -> line.startsWith("Shared_Hugetlb:") || line.startsWith("Private_Hugetlb:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }
}
