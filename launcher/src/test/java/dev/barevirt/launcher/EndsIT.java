package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.os.Signal;
import org.junit.jupiter.api.Test;

/** Every way in which a guest can end, brought about for real. */
final class EndsIT {
  private static GuestReport begin(ResidentProcess resident, GuestRequest request)
      throws InterruptedException {
    GuestReport begun = resident.call(new LauncherCommand.Sync(request));
    assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
    return begun;
  }

  private static GuestReport endOf(ResidentProcess resident, GuestReason reason) {
    GuestReport end = resident.lastReport();
    assertThat(end.reason()).as("%s\n%s", end, resident.log()).isEqualTo(reason);
    return end;
  }

  @Test
  void guestThatSwitchesItselfOffSucceeds() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      begin(resident, Requests.micro(""));
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        console.type("poweroff -f\n");
        GuestReport end = endOf(resident, GuestReason.GUEST_SHUTDOWN);
        assertThat(end.phase()).isEqualTo(GuestPhase.SUCCEEDED);
        assertThat(end.qemu()).isNotNull();
        assertThat(end.qemu().exitStatus()).isZero();
      }
    }
  }

  @Test
  void rebootEndsAGuestWhosePolicySaysSo() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      begin(resident, Requests.micro("\"rebootPolicy\": \"Terminate\""));
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        console.type("reboot -f\n");
        assertThat(endOf(resident, GuestReason.GUEST_RESET).phase())
            .isEqualTo(GuestPhase.SUCCEEDED);
      }
    }
  }

  @Test
  void panicIsToldFromAShutdown() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      begin(resident, Requests.micro("\"devices\": {\"panicDevices\": [{\"model\": \"isa\"}]}"));
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        console.type("echo c > /proc/sysrq-trigger\n");
        assertThat(endOf(resident, GuestReason.GUEST_PANIC).phase()).isEqualTo(GuestPhase.FAILED);
      }
    }
  }

  @Test
  void watchdogThatPowersOffIsTold() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      begin(
          resident,
          Requests.generic(
              "\"devices\": {\"watchdog\": {\"name\": \"dog\", \"i6300esb\": {\"action\":"
                  + " \"poweroff\"}}}"));
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        console.type("watchdog -T 2 -t 60 /dev/watchdog\n");
        assertThat(endOf(resident, GuestReason.WATCHDOG).phase()).isEqualTo(GuestPhase.FAILED);
      }
    }
  }

  @Test
  void signalsFromTheHostAreToldApart() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      begin(resident, Requests.micro(""));
      resident.signalQemu(Signal.TERM);
      assertThat(endOf(resident, GuestReason.HOST_SIGNAL).phase()).isEqualTo(GuestPhase.FAILED);
    }
    try (ResidentProcess resident = ResidentProcess.start()) {
      begin(resident, Requests.micro(""));
      resident.signalQemu(Signal.KILL);
      GuestReport end = endOf(resident, GuestReason.HOST_KILL);
      assertThat(end.message()).contains("signal 9");
    }
    try (ResidentProcess resident = ResidentProcess.start()) {
      begin(resident, Requests.micro(""));
      resident.signalQemu(Signal.ABRT);
      assertThat(endOf(resident, GuestReason.QEMU_CRASH).phase()).isEqualTo(GuestPhase.FAILED);
    }
  }

  @Test
  void killIsOurs() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      begin(resident, Requests.micro(""));
      resident.call(new LauncherCommand.Kill(false));
      assertThat(endOf(resident, GuestReason.KILLED).phase()).isEqualTo(GuestPhase.SUCCEEDED);
    }
  }

  @Test
  void guestThatDoesNotListenIsEndedAfterItsGracePeriod() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      begin(resident, Requests.micro(""));
      resident.call(new LauncherCommand.Pause());
      resident.awaitPhase(GuestPhase.PAUSED);
      resident.call(new LauncherCommand.Shutdown(0L));
      endOf(resident, GuestReason.GRACE_EXPIRED);
    }
  }

  @Test
  void guestThatCannotStartSaysWhy() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      GuestRequest request = Requests.micro("\"machine\": {\"type\": \"pc-q35-1.0\"}");
      try (var connection = resident.dial()) {
        assertThat(ResidentProcess.refusal(connection, new LauncherCommand.Sync(request)))
            .contains("pc-q35-1.0");
      }
      assertThat(endOf(resident, GuestReason.START_FAILED).phase()).isEqualTo(GuestPhase.FAILED);
    }
  }
}
