package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.GuestNews;
import dev.barevirt.launcher.guest.MachineListener;
import dev.barevirt.qmp.command.Property;
import dev.barevirt.qmp.command.QomList;
import dev.barevirt.qmp.command.QueryStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks QEMU for what events tell, now and then and when some were lost, so that a state that missed
 * one is right again. An answer that an event has overtaken is dropped: the event is newer.
 */
final class Reconciliation {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
  private static final String DEVICES = "/machine/peripheral";

  private final Monitor monitor;
  private final MachineListener listener;
  private final Supplier<List<String>> leaving;
  private final Consumer<String> gone;
  private final ReentrantLock lock = new ReentrantLock();
  private long folded; // guarded by the lock

  /**
   * @param leaving the ids of devices that are being unplugged
   * @param gone is told of one of them that QEMU has no more
   */
  Reconciliation(
      Monitor monitor,
      MachineListener listener,
      Supplier<List<String>> leaving,
      Consumer<String> gone) {
    this.monitor = monitor;
    this.listener = listener;
    this.leaving = leaving;
    this.gone = gone;
  }

  /** Folds an event into the state. */
  void fold(Runnable event) {
    lock.lock();
    try {
      folded++;
      event.run();
    } finally {
      lock.unlock();
    }
  }

  /** Asks, on a thread of its own. */
  void begin() {
    Thread.ofVirtual().name("reconcile").start(this::attempt);
  }

  private void attempt() {
    try {
      reconcile();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (GuestException silent) {
      LOG.warn("what events may have missed is not known: {}", silent.getMessage());
    }
  }

  /** Asks, and tells what the answers say. */
  void reconcile() throws InterruptedException {
    long before = seen();
    boolean runs = monitor.ask("ask for its state", new QueryStatus()).running();
    tellUnlessOvertaken(before, runs);
    List<String> asked = leaving.get();
    if (!asked.isEmpty()) {
      Set<String> present =
          monitor.ask("ask for its devices", new QomList(DEVICES)).stream()
              .map(Property::name)
              .collect(Collectors.toSet());
      asked.stream().filter(id -> !present.contains(id)).forEach(gone);
    }
  }

  private long seen() {
    lock.lock();
    try {
      return folded;
    } finally {
      lock.unlock();
    }
  }

  private void tellUnlessOvertaken(long before, boolean runs) {
    lock.lock();
    try {
      if (folded == before) {
        listener.news(runs ? new GuestNews.Resumed() : new GuestNews.Stopped());
      }
    } finally {
      lock.unlock();
    }
  }
}
