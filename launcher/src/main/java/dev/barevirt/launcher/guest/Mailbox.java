package dev.barevirt.launcher.guest;

import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Short messages from everybody, run one after the other by one virtual thread: what only they
 * touch needs no lock.
 */
final class Mailbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  private final LinkedBlockingQueue<Runnable> messages = new LinkedBlockingQueue<>();
  private final Thread worker;

  Mailbox(String name) {
    this.worker = Thread.ofVirtual().name(name).start(this::work);
  }

  /** Leaves a message; never waits. */
  void post(Runnable message) {
    messages.add(message);
  }

  /** Ends the thread once it has come to the end of what was left until now. */
  @Override
  public void close() {
    post(worker::interrupt);
  }

  private void work() {
    try {
      while (true) {
        run(messages.take());
      }
    } catch (InterruptedException closed) {
      LOG.debug("the mailbox is closed with {} messages in it", messages.size());
    }
  }

  private static void run(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException defect) {
      LOG.error("something about the guest could not be done", defect);
    }
  }
}
