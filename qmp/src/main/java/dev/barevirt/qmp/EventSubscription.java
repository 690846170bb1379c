package dev.barevirt.qmp;

import dev.barevirt.qmp.event.Occurrence;
import dev.barevirt.qmp.event.QmpEvent;
import dev.barevirt.qmp.wire.WireException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's view of the events, in order, in a queue that cannot grow beyond its capacity.
 * Nothing a subscriber does or leaves undone holds up the connection.
 */
public final class EventSubscription implements AutoCloseable {
  /** What happens when events come faster than they are taken. */
  public enum Overflow {
    /** The oldest event is forgotten. */
    DROP_OLDEST,
    /**
     * An event replaces a waiting one of the same kind about the same thing; when that does not
     * help, the oldest is forgotten.
     */
    COALESCE,
    /** The subscription fails: its owner has to look at the state and subscribe anew. */
    FAIL
  }

  /** What the queue files an event under. */
  private record Key(Class<?> kind, String subject, long sequence) {}

  private final Predicate<QmpEvent> filter;
  private final Overflow overflow;
  private final int capacity;
  private final Consumer<EventSubscription> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LinkedHashMap<Key, Occurrence> queue = new LinkedHashMap<>();
  private long dropped;
  private @Nullable WireException end; // why nothing follows, once nothing does

  EventSubscription(
      Predicate<QmpEvent> filter,
      Overflow overflow,
      int capacity,
      Consumer<EventSubscription> onClose) {
    this.filter = filter;
    this.overflow = overflow;
    this.capacity = capacity;
    this.onClose = onClose;
  }

  /**
   * Waits for the next event.
   *
   * @return empty when none came in time
   * @throws WireException when nothing will follow: the connection ended, or the queue overflowed
   */
  public Optional<Occurrence> next(Duration deadline) throws InterruptedException {
    long nanos = deadline.toNanos();
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty()) {
        WireException over = end;
        if (over != null) {
          throw over;
        }
        if (nanos <= 0) {
          return Optional.empty();
        }
        nanos = changed.awaitNanos(nanos);
      }
      return Optional.of(queue.pollFirstEntry().getValue());
    } finally {
      lock.unlock();
    }
  }

  /** How many events were forgotten because they were not taken in time. */
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the subscription; whoever waits for an event is told. */
  @Override
  public void close() {
    onClose.accept(this);
    end(new WireException.Disconnected("event subscription was closed"));
  }

  void offer(Occurrence occurrence) {
    if (!filter.test(occurrence.event())) {
      return;
    }
    lock.lock();
    try {
      if (end != null) {
        return;
      }
      boolean merge = overflow == Overflow.COALESCE;
      QmpEvent event = occurrence.event();
      Key key = new Key(event.getClass(), event.subject(), merge ? 0 : occurrence.sequence());
      if (queue.remove(key) == null && queue.size() >= capacity) {
        if (overflow == Overflow.FAIL) {
          end(new WireException.Overflow("more than " + capacity + " events were not taken"));
          return;
        }
        queue.pollFirstEntry();
        dropped++;
      }
      queue.put(key, occurrence);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  void end(WireException cause) {
    lock.lock();
    try {
      if (end == null) {
        end = cause;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
