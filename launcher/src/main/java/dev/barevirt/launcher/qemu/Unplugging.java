package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.machine.HotplugPlan.Unplug;
import dev.barevirt.qmp.command.DeviceDel;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices that the guest was asked to let go of. What stood behind one is cleared away only
 * when QEMU says that it is gone; a guest that takes its time, or refuses, is asked again no sooner
 * than after five seconds, and only when somebody still wants it.
 */
final class Unplugging {
  private static final Logger LOG = LoggerFactory.getLogger(Unplugging.class);
  private static final Duration REST = Duration.ofSeconds(5);

  private final Monitor monitor;
  private final Supplier<Instant> clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Pending> pending = new LinkedHashMap<>(); // guarded by the lock

  Unplugging(Monitor monitor, Supplier<Instant> clock) {
    this.monitor = monitor;
    this.clock = clock;
  }

  private record Pending(Unplug unplug, DeviceReport report, Instant asked) {
    Pending with(DeviceReport.State state, String message) {
      DeviceReport changed =
          new DeviceReport(report.name(), report.kind(), report.id(), state, message);
      return new Pending(unplug, changed, asked);
    }
  }

  /** Asks the guest to let go of a device. */
  void begin(Unplug unplug, DeviceReport device) throws InterruptedException {
    DeviceReport leaving =
        new DeviceReport(
            device.name(), device.kind(), device.id(), DeviceReport.State.UNPLUGGING, null);
    lock.lock();
    try {
      pending.put(unplug.deviceId(), new Pending(unplug, leaving, clock.get()));
    } finally {
      lock.unlock();
    }
    ask(unplug.deviceId());
  }

  /** Asks again for those that were asked long enough ago. */
  void again() throws InterruptedException {
    Instant before = clock.get().minus(REST);
    List<String> due;
    lock.lock();
    try {
      due =
          pending.values().stream()
              .filter(one -> !one.asked().isAfter(before))
              .map(one -> one.unplug().deviceId())
              .toList();
      due.forEach(
          id ->
              pending.computeIfPresent(
                  id,
                  (_, one) -> {
                    Pending waiting = one.with(DeviceReport.State.UNPLUGGING, "");
                    return new Pending(one.unplug(), waiting.report(), clock.get());
                  }));
    } finally {
      lock.unlock();
    }
    for (String id : due) {
      ask(id);
    }
  }

  /** QEMU says that a device is gone; what is to be cleared away, when it was asked for. */
  Optional<Unplug> gone(String deviceId) {
    lock.lock();
    try {
      return Optional.ofNullable(pending.remove(deviceId)).map(Pending::unplug);
    } finally {
      lock.unlock();
    }
  }

  /** The guest refuses; whether that is about one that was asked for. */
  boolean refused(String deviceId) {
    lock.lock();
    try {
      return pending.computeIfPresent(
              deviceId,
              (_, one) -> one.with(DeviceReport.State.FAILED, "the guest refused to let go of it"))
          != null;
    } finally {
      lock.unlock();
    }
  }

  /** What the guest still holds. */
  List<DeviceReport> reports() {
    lock.lock();
    try {
      return pending.values().stream().map(Pending::report).toList();
    } finally {
      lock.unlock();
    }
  }

  /** QEMU refuses a second request while the first is under way, which is as good as accepted. */
  private void ask(String deviceId) throws InterruptedException {
    try {
      monitor.ask("unplug " + deviceId, new DeviceDel(deviceId));
    } catch (GuestException underWay) {
      LOG.info("{}", underWay.getMessage());
    }
  }
}
