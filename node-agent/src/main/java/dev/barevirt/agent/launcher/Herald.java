package dev.barevirt.agent.launcher;

import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads reports and tells of links, so that everything is told in order. A link
 * has at most one report waiting here, so a launcher that tells a great deal delays nobody for
 * long.
 */
final class Herald implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Herald.class);

  private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofVirtual().name("launcher-links").start(this::work);

  void tell(Runnable news) {
    waiting.add(news);
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        tellOne(waiting.take());
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** A listener that throws must not silence all launchers. */
  private static void tellOne(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException defect) {
      LOG.error("news of a launcher could not be told", defect);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
