package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.MachineListener;
import dev.barevirt.launcher.machine.HotplugPlan;
import dev.barevirt.launcher.machine.HotplugPlan.Plug;
import dev.barevirt.launcher.machine.HotplugPlan.Unplug;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a running machine have the disks and interfaces that a request names. One request at a
 * time; what comes is in when it returns, what goes is on its way.
 */
final class Replugging {
  private static final Logger LOG = LoggerFactory.getLogger(Replugging.class);

  private final MachinePlanner planner;
  private final Plugging plugging;
  private final Unplugging unplugging;
  private final MachineListener listener;
  private final Undo machine;
  private final Consumer<MachineModel> keeper;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile MachineModel model;
  private volatile List<String> pending = List.of();

  /**
   * A machine that nothing was plugged into yet.
   *
   * @param keeper writes down what the machine has become
   */
  Replugging(
      MachineModel model,
      MachinePlanner planner,
      Plugging plugging,
      Unplugging unplugging,
      MachineListener listener,
      Undo machine,
      Consumer<MachineModel> keeper) {
    this.model = model;
    this.planner = planner;
    this.plugging = plugging;
    this.unplugging = unplugging;
    this.listener = listener;
    this.machine = machine;
    this.keeper = keeper;
  }

  /** The machine as it is, without what is leaving. */
  MachineModel model() {
    return model;
  }

  /** What the machine has. */
  List<DeviceReport> devices() {
    return model.devices();
  }

  /** What the guest still holds although it was asked to let go. */
  List<DeviceReport> leaving() {
    return unplugging.reports();
  }

  /** What waits for the next start. */
  List<String> pending() {
    return pending;
  }

  /** Plugs and unplugs what differs. */
  void replug(GuestRequest request) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      unplugging.again();
      MachinePlanner.Change change = planner.change(model, request);
      HotplugPlan plan = change.plan();
      pending = plan.pending();
      requireRoom(plan);
      MachineModel before = model;
      MachineModel wanted = change.after();
      List<String> down = LinkStates.down(wanted.input().devices().interfaces());
      for (Plug plug : plan.plugs()) {
        plugging.plug(plug, down, machine);
        listener.happened("Plugged", plug.device().id());
      }
      model = wanted;
      plugging.setLinks(
          before.input().devices().interfaces(), wanted.input().devices().interfaces());
      for (Unplug unplug : plan.unplugs()) {
        unplugging.begin(unplug, named(before, unplug.deviceId()));
      }
      keeper.accept(model);
    } finally {
      turn.unlock();
      listener.changed();
    }
  }

  /** QEMU says that a device is gone: what stood behind it goes as well. Never blocks. */
  void gone(String deviceId) {
    unplugging
        .gone(deviceId)
        .ifPresent(
            unplug -> {
              listener.happened("Unplugged", deviceId);
              listener.changed();
              Thread.ofVirtual().name("unplugged").start(() -> clear(unplug));
            });
  }

  /** The guest refuses to let go of a device. Never blocks. */
  void refused(String deviceId) {
    if (unplugging.refused(deviceId)) {
      listener.happened("UnplugRefused", deviceId);
      listener.changed();
    }
  }

  private void clear(Unplug unplug) {
    try {
      plugging.clear(unplug.backends());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (GuestException stays) {
      LOG.warn("something of {} stays behind: {}", unplug.deviceId(), stays.getMessage());
    }
  }

  /** The place of a device that is leaving is taken until it has left. */
  private void requireRoom(HotplugPlan plan) {
    List<DeviceReport> held = unplugging.reports();
    if (!plan.plugs().isEmpty() && !held.isEmpty()) {
      throw GuestException.conflict(
          "nothing can be plugged while the guest has not let go of "
              + String.join(", ", held.stream().map(DeviceReport::name).toList()));
    }
  }

  private static DeviceReport named(MachineModel model, String id) {
    return model.devices().stream()
        .filter(device -> device.id().equals(id))
        .findFirst()
        .orElse(
            new DeviceReport(id, DeviceReport.Kind.DISK, id, DeviceReport.State.ATTACHED, null));
  }
}
