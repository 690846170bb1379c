package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.launcher.guest.GuestEventTranslator;
import dev.barevirt.launcher.guest.GuestMachine;
import dev.barevirt.launcher.guest.MachineFacts;
import dev.barevirt.launcher.guest.MachineListener;
import dev.barevirt.launcher.guest.MachineOperations;
import dev.barevirt.launcher.guest.QemuExit;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.qmp.command.Cont;
import dev.barevirt.qmp.command.Quit;
import dev.barevirt.qmp.command.SystemPowerdown;
import dev.barevirt.qmp.event.DeviceDeleted;
import dev.barevirt.qmp.event.DeviceUnplugGuestError;
import dev.barevirt.qmp.event.QmpEvent;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A guest in a QEMU process, seen through its monitor. */
final class QemuMachine implements GuestMachine {
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final Duration RECONCILE = Duration.ofSeconds(60);

  private final Monitor monitor;
  private final QemuProcess process;
  private final QemuOperations operations;
  private final MachineListener listener;
  private final Undo undo;
  private final @Nullable GuestReason pausedBecause; // null when its processors may run
  private volatile @Nullable QemuExit exit; // once it is gone

  QemuMachine(
      Monitor monitor,
      QemuProcess process,
      QemuOperations operations,
      MachineListener listener,
      Undo undo,
      @Nullable GuestReason pausedBecause) {
    this.monitor = monitor;
    this.process = process;
    this.operations = operations;
    this.listener = listener;
    this.undo = undo;
    this.pausedBecause = pausedBecause;
  }

  /** Begins to tell the listener what happens. */
  QemuMachine watched() {
    Reconciliation reconciliation =
        new Reconciliation(monitor, listener, operations::leaving, operations::deviceGone);
    EventLane events =
        EventLane.open(
            monitor.client(),
            event -> reconciliation.fold(() -> fold(event)),
            reconciliation::begin,
            RECONCILE);
    process.exit().thenAccept(how -> Thread.ofVirtual().start(() -> ended(events, how)));
    return this;
  }

  @Override
  public MachineFacts facts() {
    return operations.facts(exit);
  }

  @Override
  public Optional<GuestReason> pausedBecause() {
    return Optional.ofNullable(pausedBecause);
  }

  @Override
  public void run() throws InterruptedException {
    monitor.ask("let the guest's processors run", new Cont());
  }

  @Override
  public void powerdown(boolean throughAgent) throws InterruptedException {
    monitor.ask("press the power button", new SystemPowerdown());
    if (throughAgent) {
      operations.askAgentToShutDown();
    }
  }

  @Override
  public void quit() throws InterruptedException {
    monitor.ask("quit", new Quit());
  }

  @Override
  public void terminate() {
    process.signal(Signal.TERM);
  }

  @Override
  public void kill() {
    process.signal(Signal.KILL);
  }

  @Override
  public MachineOperations operations() {
    return operations;
  }

  @Override
  public void cleanUp() {
    monitor.client().close();
    operations.close();
    undo.run();
  }

  private void fold(QmpEvent event) {
    switch (event) {
      case DeviceDeleted(String device, _) when !device.isEmpty() -> operations.deviceGone(device);
      case DeviceUnplugGuestError(String device, _) -> operations.unplugRefused(device);
      default -> GuestEventTranslator.translate(event).ifPresent(listener::news);
    }
    operations.agentEvent(event);
  }

  /** The last events explain the end, so they are told before it. */
  private void ended(EventLane events, QemuExit how) {
    try {
      events.awaitEmpty(LAST_WORDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    exit = how;
    listener.exited(how);
  }
}
