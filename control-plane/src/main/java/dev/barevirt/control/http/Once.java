package dev.barevirt.control.http;

/** Something that happens once, whoever comes first; for one thread. */
final class Once {
  private final Runnable act;
  private boolean done;

  Once(Runnable act) {
    this.act = act;
  }

  /** Does it, unless it is done or claimed. */
  void run() {
    if (claim()) {
      act.run();
    }
  }

  /** Whether the caller is the first and does it itself. */
  boolean claim() {
    boolean first = !done;
    done = true;
    return first;
  }
}
