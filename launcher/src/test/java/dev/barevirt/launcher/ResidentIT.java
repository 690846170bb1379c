package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import org.junit.jupiter.api.Test;

final class ResidentIT {
  @Test
  void bootsAKernelSharesItsConsoleAndStopsCleanly() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      GuestReport begun = resident.call(new LauncherCommand.Sync(Requests.micro("")));
      assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
      try (SerialText console = resident.console();
          SerialText other = resident.console()) {
        console.await("barevirt guest ready");
        assertThat(console.run("echo $((6*7))")).contains("42");
        other.await("42");
        resident.call(new LauncherCommand.Shutdown(60L));
        GuestReport end = resident.lastReport();
        assertThat(end.reason()).as(resident.log()).isEqualTo(GuestReason.SHUTDOWN_REQUESTED);
        assertThat(end.phase()).isEqualTo(GuestPhase.SUCCEEDED);
      }
    }
  }
}
