package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachinePlan;
import dev.barevirt.launcher.machine.device.DeviceIds;
import java.util.ArrayList;
import java.util.List;

/**
 * A running machine as it was decided: changes when something is plugged.
 *
 * @param request what was asked for
 * @param input what decided it
 * @param plan the machine
 */
record MachineModel(GuestRequest request, MachineInput input, MachinePlan plan) {

  /** What was asked for, with what was decided about it, so that it is decided the same again. */
  GuestRequest accepted() {
    return request
        .withPlacements(plan.placements())
        .withOptions(request.options().withMachineType(plan.machineType()));
  }

  /** What of it can be plugged and unplugged, or named by a user. */
  List<DeviceReport> devices() {
    VirtualMachineInstance vmi = input.vmi();
    var devices = vmi.spec().domain().devices();
    List<DeviceReport> all = new ArrayList<>();
    devices.disks().stream()
        .map(disk -> text(disk.name()))
        .map(name -> attached(name, DeviceReport.Kind.DISK, DeviceIds.disk(name)))
        .forEach(all::add);
    devices.interfaces().stream()
        .map(one -> text(one.name()))
        .map(name -> attached(name, DeviceReport.Kind.INTERFACE, DeviceIds.nic(name)))
        .forEach(all::add);
    devices.filesystems().stream()
        .map(one -> text(one.name()))
        .map(name -> attached(name, DeviceReport.Kind.FILESYSTEM, DeviceIds.filesystem(name)))
        .forEach(all::add);
    return List.copyOf(all);
  }

  private static DeviceReport attached(String name, DeviceReport.Kind kind, String id) {
    return new DeviceReport(name, kind, id, DeviceReport.State.ATTACHED, null);
  }

  private static String text(@org.jspecify.annotations.Nullable String name) {
    return name == null ? "" : name;
  }
}
