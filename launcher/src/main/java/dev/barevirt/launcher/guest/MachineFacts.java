package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.CredentialReport;
import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.api.launcher.Placement;
import dev.barevirt.api.launcher.QemuReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a machine beyond the guest's state.
 *
 * @param qemu the process
 * @param placements the PCI addresses in use
 * @param devices what can be plugged and unplugged
 * @param agent what the guest's agent said
 * @param credentials how the guest's agent took the access credentials, once it was asked to
 * @param warnings sentences a user should read
 */
public record MachineFacts(
    QemuReport qemu,
    List<Placement> placements,
    List<DeviceReport> devices,
    AgentReport agent,
    @Nullable CredentialReport credentials,
    List<String> warnings) {
  public MachineFacts {
    placements = List.copyOf(placements);
    devices = List.copyOf(devices);
    warnings = List.copyOf(warnings);
  }
}
