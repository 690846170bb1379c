package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.os.AdoptedProcess;
import dev.barevirt.launcher.os.ProcessIdentity;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.launcher.store.DirectoryTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A launcher that dies leaves its guest running, and the next one takes it up. */
final class AdoptIT {
  @TempDir Path directory;

  @Test
  void nextLauncherTakesTheGuestUp() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      GuestReport begun = resident.call(new LauncherCommand.Sync(Requests.micro("")));
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        console.run("echo kept > /tmp/mark");
      }
      resident.die();
      resident.restartAdopting();
      GuestReport again = resident.awaitPhase(GuestPhase.RUNNING);
      assertThat(again.qemu()).isEqualTo(begun.qemu());
      assertThat(again.startedAt()).isNotNull().isEqualTo(begun.startedAt());
      assertThat(again.placements()).isEqualTo(begun.placements());
      try (SerialText console = resident.console()) {
        console.type("\n");
        assertThat(console.run("cat /tmp/mark")).contains("kept");
      }
      resident.call(new LauncherCommand.Shutdown(60L));
      assertThat(resident.lastReport().reason())
          .as(resident.log())
          .isEqualTo(GuestReason.SHUTDOWN_REQUESTED);
    }
  }

  @Test
  void nextLauncherTellsThatTheGuestIsGone() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      resident.call(new LauncherCommand.Sync(Requests.micro("")));
      resident.die();
      resident.signalQemu(Signal.KILL);
      resident.restartAdopting();
      GuestReport end = resident.lastReport();
      assertThat(end.phase()).as(resident.log()).isEqualTo(GuestPhase.FAILED);
      assertThat(end.reason()).isEqualTo(GuestReason.UNKNOWN);
      assertThat(resident.machine().run()).isEmpty();
    }
  }

  @Test
  void nextLauncherEndsWhatStandsBesideTheGuest() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      GuestReport begun =
          resident.call(new LauncherCommand.Sync(Requests.withNics(List.of("first"))));
      assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
      resident.call(new LauncherCommand.Replug(Requests.withNics(List.of("first", "late"))));
      List<ProcessIdentity> beside = resident.machine().run().orElseThrow().others();
      assertThat(beside).hasSize(2);
      resident.die();
      resident.restartAdopting();
      GuestReport again = resident.awaitPhase(GuestPhase.RUNNING);
      assertThat(again.devices()).extracting(DeviceReport::name).containsExactly("first", "late");
      assertThat(resident.machine().run().orElseThrow().others()).isEqualTo(beside);
      assertThat(beside).allSatisfy(one -> assertThat(isAlive(one)).isTrue());
      resident.call(new LauncherCommand.Kill(false));
      assertThat(resident.lastReport().reason()).isEqualTo(GuestReason.KILLED);
      assertThat(beside).allSatisfy(one -> assertThat(isAlive(one)).isFalse());
      assertThat(resident.machine().run()).isEmpty();
    }
  }

  @Test
  void aSeedThatTheGuestHasIsNotMadeAgain() throws Exception {
    Path secret = Files.createDirectory(directory.resolve("secret"));
    Files.writeString(secret.resolve("userdata"), "#cloud-config\n");
    GuestRequest request = Requests.withSeed(secret);
    try (ResidentProcess resident = ResidentProcess.start()) {
      GuestReport begun = resident.call(new LauncherCommand.Sync(request));
      assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
      Path seed = resident.machine().disks().resolve("seed.iso");
      Object made = Files.getAttribute(seed, "unix:ino");
      DirectoryTree.delete(secret);
      resident.call(new LauncherCommand.Replug(request));
      resident.die();
      resident.restartAdopting();
      resident.awaitPhase(GuestPhase.RUNNING);
      resident.call(new LauncherCommand.Replug(request));
      assertThat(Files.getAttribute(seed, "unix:ino")).isEqualTo(made);
      resident.call(new LauncherCommand.Kill(true));
      resident.lastReport();
    }
  }

  private static boolean isAlive(ProcessIdentity process) {
    Optional<AdoptedProcess> found = AdoptedProcess.find(process);
    found.ifPresent(AdoptedProcess::close);
    return found.isPresent();
  }
}
