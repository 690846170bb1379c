package dev.barevirt.agent.launcher;

import java.util.concurrent.atomic.AtomicInteger;

/** The connections of one pod: how many there are, and the streams they may become. */
final class PodVisits {
  /** The control connection and its successor, and streams that many viewers share. */
  static final int MOST = 24;

  private final StreamTokens streams = new StreamTokens();
  private final AtomicInteger open = new AtomicInteger();

  StreamTokens streams() {
    return streams;
  }

  /** Whether one more connection may be open. */
  boolean enter() {
    if (open.incrementAndGet() > MOST) {
      open.decrementAndGet();
      return false;
    }
    return true;
  }

  /** A connection has been closed; true when it was the last. */
  boolean leave() {
    return open.decrementAndGet() == 0;
  }
}
