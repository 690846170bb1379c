package dev.barevirt.launcher.qemu;

import dev.barevirt.qmp.EventSubscription;
import dev.barevirt.qmp.QmpClient;
import dev.barevirt.qmp.event.QmpEvent;
import dev.barevirt.qmp.wire.WireException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hands a QEMU's events, one after the other and in order, to whoever folds them into a state. */
final class EventLane {
  private static final int CAPACITY = 4096;

  private final CountDownLatch empty = new CountDownLatch(1);

  private EventLane() {}

  /**
   * Opens the lane.
   *
   * @param ask is told when the state has to be asked for: events came faster than they could be
   *     folded, or it is time again
   * @param every how often it is time
   */
  static EventLane open(QmpClient client, Consumer<QmpEvent> fold, Runnable ask, Duration every) {
    EventLane lane = new EventLane();
    EventSubscription events =
        client.subscribe(_ -> true, EventSubscription.Overflow.FAIL, CAPACITY);
    Thread.ofVirtual()
        .name("qemu-events")
        .start(() -> lane.run(client, events, fold, new Due(ask, every)));
    return lane;
  }

  /** Waits until the connection has ended and all that it said has been folded. */
  void awaitEmpty(Duration limit) throws InterruptedException {
    boolean _ = empty.await(limit.toMillis(), TimeUnit.MILLISECONDS); // late is as good as never
  }

  private void run(QmpClient client, EventSubscription first, Consumer<QmpEvent> fold, Due due) {
    EventSubscription events = first;
    try {
      while (true) {
        try {
          events.next(due.left()).ifPresent(occurrence -> fold.accept(occurrence.event()));
          due.askInTime();
        } catch (WireException.Overflow behind) {
          events.close();
          events = client.subscribe(_ -> true, EventSubscription.Overflow.FAIL, CAPACITY);
          due.ask();
        }
      }
    } catch (WireException ended) {
      events.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      empty.countDown();
    }
  }

  /** When the state is to be asked for again; of the lane's thread. */
  private static final class Due {
    private final Runnable ask;
    private final Duration every;
    private long last = System.nanoTime();

    Due(Runnable ask, Duration every) {
      this.ask = ask;
      this.every = every;
    }

    Duration left() {
      Duration left = every.minusNanos(System.nanoTime() - last);
      return left.isPositive() ? left : Duration.ZERO;
    }

    void askInTime() {
      if (left().isZero()) {
        ask();
      }
    }

    void ask() {
      last = System.nanoTime();
      ask.run();
    }
  }
}
