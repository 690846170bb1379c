package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.launcher.guest.GuestEventTranslator;
import dev.barevirt.launcher.guest.GuestMachine;
import dev.barevirt.launcher.guest.MachineFacts;
import dev.barevirt.launcher.guest.MachineListener;
import dev.barevirt.launcher.guest.MachineOperations;
import dev.barevirt.launcher.guest.QemuExit;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.qmp.event.QmpEvent;
import dev.barevirt.qmp.wire.RawJson;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A guest in a QEMU process, seen through its monitor. */
final class QemuMachine implements GuestMachine {
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Monitor monitor;
  private final QemuProcess process;
  private final QemuStreams streams;
  private final MachineListener listener;
  private final Undo undo;
  private final MachineOperations operations;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile MachineFacts facts; // changed under the lock
  private final @Nullable GuestReason pausedBecause; // null when its processors may run

  QemuMachine(
      Monitor monitor,
      QemuProcess process,
      QemuStreams streams,
      MachineListener listener,
      Undo undo,
      MachineFacts facts,
      @Nullable GuestReason pausedBecause) {
    this.monitor = monitor;
    this.process = process;
    this.streams = streams;
    this.listener = listener;
    this.undo = undo;
    this.operations = new QemuOperations(monitor, streams);
    this.facts = facts;
    this.pausedBecause = pausedBecause;
  }

  /** Begins to tell the listener what happens. */
  QemuMachine watched() {
    EventLane events = EventLane.open(monitor.client(), this::fold, this::reconcile);
    process.exit().thenAccept(exit -> Thread.ofVirtual().start(() -> ended(events, exit)));
    return this;
  }

  @Override
  public MachineFacts facts() {
    return facts;
  }

  @Override
  public Optional<GuestReason> pausedBecause() {
    return Optional.ofNullable(pausedBecause);
  }

  @Override
  public void run() throws InterruptedException {
    monitor.raw("let the guest's processors run", "cont", RawJson.EMPTY_OBJECT);
  }

  @Override
  public void powerdown(boolean throughAgent) throws InterruptedException {
    monitor.raw("press the power button", "system_powerdown", RawJson.EMPTY_OBJECT);
  }

  @Override
  public void quit() throws InterruptedException {
    monitor.raw("quit", "quit", RawJson.EMPTY_OBJECT);
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
    streams.close();
    undo.run();
  }

  private void fold(QmpEvent event) {
    GuestEventTranslator.translate(event).ifPresent(listener::news);
  }

  private void reconcile() {
    // asked anew
  }

  private void update(UnaryOperator<MachineFacts> change) {
    lock.lock();
    try {
      facts = change.apply(facts);
    } finally {
      lock.unlock();
    }
    listener.changed();
  }

  /** The last events explain the end, so they are told before it. */
  private void ended(EventLane events, QemuExit exit) {
    try {
      events.awaitEmpty(LAST_WORDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    update(before -> before);
    listener.exited(exit);
  }
}
