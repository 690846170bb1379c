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
  private static final Duration STEP = Duration.ofMinutes(10);

  private final CountDownLatch empty = new CountDownLatch(1);

  private EventLane() {}

  /**
   * Opens the lane.
   *
   * @param lost is told when events came faster than they could be folded: the state has to be
   *     asked
   */
  static EventLane open(QmpClient client, Consumer<QmpEvent> fold, Runnable lost) {
    EventLane lane = new EventLane();
    EventSubscription events =
        client.subscribe(_ -> true, EventSubscription.Overflow.FAIL, CAPACITY);
    Thread.ofVirtual().name("qemu-events").start(() -> lane.run(client, events, fold, lost));
    return lane;
  }

  /** Waits until the connection has ended and all that it said has been folded. */
  void awaitEmpty(Duration limit) throws InterruptedException {
    boolean _ = empty.await(limit.toMillis(), TimeUnit.MILLISECONDS); // late is as good as never
  }

  private void run(
      QmpClient client, EventSubscription first, Consumer<QmpEvent> fold, Runnable lost) {
    EventSubscription events = first;
    try {
      while (true) {
        try {
          events.next(STEP).ifPresent(occurrence -> fold.accept(occurrence.event()));
        } catch (WireException.Overflow behind) {
          events.close();
          events = client.subscribe(_ -> true, EventSubscription.Overflow.FAIL, CAPACITY);
          lost.run();
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
}
