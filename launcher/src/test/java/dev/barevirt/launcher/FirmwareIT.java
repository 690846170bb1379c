package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What starts a guest, told by what it lets start and by what the guest finds. */
final class FirmwareIT {
  private static GuestReport begin(ResidentProcess resident, GuestRequest request)
      throws InterruptedException {
    GuestReport begun = resident.call(new LauncherCommand.Sync(request));
    assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
    return begun;
  }

  private static GuestRequest efi(boolean secure) {
    return Requests.of(
        "\"memory\": {\"guest\": \"256Mi\"}, \"features\": {\"smm\": {\"enabled\": true}}",
        "\"bootloader\": {\"efi\": {\"secureBoot\": %s}},".formatted(secure));
  }

  /** What the firmware then starts is its own shell, which nobody signed. */
  private static GuestRequest withoutKernel(GuestRequest request) {
    String json =
        RecordWriter.toJson(request.vmi())
            .replaceAll(",?\"kernelBoot\":\\{[^{}]*\\{[^{}]*\\}[^{}]*\\}", "");
    return new GuestRequest(
        request.version(),
        RecordReader.STRICT.read(VirtualMachineInstance.class, json).orThrow(),
        request.volumes(),
        request.networks(),
        null,
        request.placements(),
        request.options());
  }

  @Test
  void aGuestOnEfiFindsItAndItsVariablesAreItsOwn() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      begin(resident, efi(false));
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        assertThat(console.run("ls /sys/firmware/efi")).contains("systab");
      }
      Path variables = resident.machine().state().resolve("efi-vars.fd");
      assertThat(variables).isNotEmptyFile();
      assertThat(Files.mismatch(variables, Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd")))
          .as("the firmware has written to the guest's copy")
          .isNotEqualTo(-1);
      resident.call(new LauncherCommand.Kill(false));
      resident.lastReport();
    }
  }

  @Test
  void secureBootStartsNothingThatNobodySigned() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      begin(resident, withoutKernel(efi(true)));
      try (SerialText console = resident.console()) {
        console.await("Security Violation");
      }
      resident.call(new LauncherCommand.Kill(false));
      resident.lastReport();
    }
  }

  @Test
  void biosWritesToTheSerialConsoleWhenToldTo() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      begin(resident, Requests.of("", "\"bootloader\": {\"bios\": {\"useSerial\": true}},"));
      try (SerialText console = resident.console()) {
        console.await("SeaBIOS");
        console.await("barevirt guest ready");
        assertThat(console.run("ls /sys/firmware")).doesNotContain("efi");
      }
      resident.call(new LauncherCommand.Kill(false));
      resident.lastReport();
    }
  }
}
