package dev.barevirt.launcher.qemu;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What would undo the side effects of a start, run backwards: at once when the start fails, or when
 * the machine has ended. One that fails is logged and does not keep the others.
 */
final class Undo {
  private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

  private record Entry(String what, Runnable act) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  /** Remembers how to undo what was just done. */
  synchronized void push(String what, Runnable act) {
    entries.push(new Entry(what, act));
  }

  /** Remembers what can only be undone when all the rest is, such as a place that is emptied. */
  synchronized void pushLast(String what, Runnable act) {
    entries.addLast(new Entry(what, act));
  }

  /** Undoes everything, the last first; a second time does nothing. */
  synchronized void run() {
    while (!entries.isEmpty()) {
      Entry entry = entries.pop();
      try {
        entry.act().run();
      } catch (RuntimeException failed) {
        LOG.warn("could not {}: {}", entry.what(), failed.getMessage());
      }
    }
  }
}
