package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.Tpm;
import dev.barevirt.launcher.machine.Backend.Chardev;
import dev.barevirt.launcher.machine.Backend.Tpmdev;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.HostFacts.SidecarProgram;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import dev.barevirt.launcher.machine.Sidecar;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A TPM 2.0, played by a swtpm of the guest's own. A persistent one keeps its state with the guest;
 * the other starts anew with every run.
 */
final class TpmMapper implements DeviceMapper {
  private static final String PATH = "spec.domain.devices.tpm";

  @Override
  public Set<String> reads() {
    return FieldPaths.under("domain.devices.tpm", "enabled", "persistent");
  }

  @Override
  public Fragment map(MachineInput in) {
    Tpm tpm = in.devices().tpm();
    if (tpm == null || !Switch.on(tpm.enabled(), true)) {
      return Fragment.empty();
    }
    if (in.kind() == MachineKind.MICROVM) {
      return Fragment.of(Refusal.unsupported(PATH, "a microvm has no TPM"));
    }
    Optional<SidecarProgram> swtpm = in.host().sidecar(HostFacts.Sidecar.SWTPM);
    if (swtpm.isEmpty()) {
      return Fragment.of(
          Refusal.unsupported(
              PATH, "a TPM needs the program swtpm, which this host does not have"));
    }
    boolean persistent = Switch.on(tpm.persistent(), false);
    String state = persistent ? in.paths().tpmState() : in.paths().runtime() + "/tpm";
    String socket = in.paths().sidecar("swtpm");
    if (state.contains(",") || socket.contains(",")) {
      return Fragment.of(
          Refusal.unsupported(PATH, "swtpm takes no directory with a comma in its path"));
    }
    return Fragment.of(
        new Sidecar(
            "swtpm",
            swtpm.get().path(),
            List.of(
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + state + ",mode=0600",
                "--ctrl",
                "type=unixio,path=" + socket + ",mode=0600",
                "--terminate"),
            socket,
            List.of(state)),
        new Chardev("socket", "tpm", Properties.of("path", socket)),
        new Tpmdev("emulator", "tpm0", Properties.of("chardev", "tpm")),
        Frontend.loose(
            persistent ? "tpm-crb" : "tpm-tis", "tpm-device0", Properties.of("tpmdev", "tpm0")));
  }
}
