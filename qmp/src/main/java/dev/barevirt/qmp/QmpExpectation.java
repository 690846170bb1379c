package dev.barevirt.qmp;

import dev.barevirt.qmp.event.Occurrence;
import dev.barevirt.qmp.wire.WireException;
import java.time.Duration;

/**
 * A watch for one event, set before the command that causes it, so that it cannot be missed however
 * fast it comes.
 */
public final class QmpExpectation implements AutoCloseable {
  private final EventSubscription subscription;

  QmpExpectation(EventSubscription subscription) {
    this.subscription = subscription;
  }

  /**
   * Waits for the event.
   *
   * @throws WireException.TimedOut when it did not come in time; one may wait again
   * @throws WireException.Disconnected when it cannot come any more
   */
  public Occurrence await(Duration deadline) throws InterruptedException {
    return subscription
        .next(deadline)
        .orElseThrow(
            () ->
                new WireException.TimedOut(
                    "waited " + deadline.toMillis() + " ms for an event that did not come"));
  }

  /** Stops watching. */
  @Override
  public void close() {
    subscription.close();
  }
}
