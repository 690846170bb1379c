package dev.barevirt.launcher.disk;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Takes back the steps of an act that fails half-way, last step first. Push after each side effect;
 * call {@link #keep()} when the act is complete; close always.
 */
public final class Undo implements AutoCloseable {

  /** One step back. It may fail; the other steps are still taken. */
  @FunctionalInterface
  public interface Step {
    /** Takes the step back. */
    void run() throws Exception;
  }

  private final Deque<Step> steps = new ArrayDeque<>();

  /** Remembers how to take back what was just done. */
  public void push(Step step) {
    steps.push(step);
  }

  /** The act is complete: nothing will be taken back. */
  public void keep() {
    steps.clear();
  }

  @Override
  public void close() {
    while (!steps.isEmpty()) {
      try {
        steps.pop().run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception _) {
        // The failure that made us step back is the one the user must see; what could not be
        // removed is found again by gc.
      }
    }
  }
}
