package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.os.AdoptedProcess;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.os.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The programs beside QEMU serve a running guest, as nobody special, and end with it. */
final class SidecarsIT {
  @Test
  void passtAndSwtpmServeAGuestAndEndWithIt() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      runs(resident, Requests.withNicAnd("\"tpm\": {}"));
      assertThat(resident.machine().state().resolve("tpm")).doesNotExist();
    }
  }

  @Test
  void aPersistentTpmKeepsItsStateWithTheGuest() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      runs(resident, Requests.withNicAnd("\"tpm\": {\"persistent\": true}"));
      assertThat(resident.machine().state().resolve("tpm/tpm2-00.permall")).isNotEmptyFile();
    }
  }

  private static void runs(ResidentProcess resident, GuestRequest request) throws Exception {
    GuestReport begun = resident.call(new LauncherCommand.Sync(request));
    assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
    List<ProcessIdentity> beside = sidecars(resident);
    assertThat(beside).hasSize(2);
    for (ProcessIdentity sidecar : beside) {
      assertThat(user(sidecar)).isEqualTo(expectedUser());
    }
    try (SerialText console = resident.console()) {
      console.await("barevirt guest ready");
      assertThat(console.run("ls /dev/tpm*")).contains("/dev/tpm0");
      Awaitility.await()
          .atMost(ResidentProcess.PATIENCE)
          .until(() -> console.run("ip -4 addr show dev eth0").contains("inet "));
    }
    resident.call(new LauncherCommand.Shutdown(60L));
    assertThat(resident.lastReport().reason())
        .as(resident.log())
        .isEqualTo(GuestReason.SHUTDOWN_REQUESTED);
    assertThat(beside).allSatisfy(one -> assertThat(AdoptedProcess.find(one)).isEmpty());
  }

  private static List<ProcessIdentity> sidecars(ResidentProcess resident) {
    return resident.machine().run().orElseThrow().others();
  }

  /** The user whose rights a process has. */
  private static int user(ProcessIdentity process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("Uid:"))
        .map(line -> new Scanner(line.substring("Uid:".length())).nextInt())
        .findFirst()
        .orElseThrow();
  }

  private static int expectedUser() {
    Privileges own = Privileges.current();
    return own.isRoot() ? Privileges.QEMU_USER : own.uid();
  }
}
