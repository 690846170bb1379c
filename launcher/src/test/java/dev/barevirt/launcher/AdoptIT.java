package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.os.Signal;
import org.junit.jupiter.api.Test;

/** A launcher that dies leaves its guest running, and the next one takes it up. */
final class AdoptIT {
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
}
