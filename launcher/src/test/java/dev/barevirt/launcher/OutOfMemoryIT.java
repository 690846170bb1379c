package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import org.junit.jupiter.api.Test;

/** A QEMU that the kernel kills for its memory is told from one that a stranger kills. */
final class OutOfMemoryIT {
  private static final long TOO_LITTLE = 16L << 20;

  @Test
  void qemuThatNeedsMoreThanItsGroupMayIsToldApart() throws Exception {
    GuestOptions tight =
        new GuestOptions(true, null, true, false, TOO_LITTLE, null, null, null, false, false);
    try (ResidentProcess resident = ResidentProcess.start()) {
      resident.call(
          new LauncherCommand.Sync(
              Requests.running("head -c 100m /dev/zero | tail").withOptions(tight)));
      GuestReport end = resident.lastReport();
      assertThat(end.reason()).as(resident.log()).isEqualTo(GuestReason.OUT_OF_MEMORY);
      assertThat(end.phase()).isEqualTo(GuestPhase.FAILED);
    }
  }
}
