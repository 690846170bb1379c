package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Open files that this process was handed, by name, until somebody takes them. */
public final class DescriptorShelf implements AutoCloseable {
  private static final int MOST = 512;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, OwnedFd> waiting = new HashMap<>(); // guarded by the lock

  /** Keeps an open file; an earlier one of that name is closed. */
  public void put(String name, OwnedFd file) {
    OwnedFd surplus;
    lock.lock();
    try {
      boolean full = waiting.size() >= MOST && !waiting.containsKey(name);
      surplus = full ? file : waiting.put(name, file);
    } finally {
      lock.unlock();
    }
    if (surplus != null) {
      surplus.close();
    }
  }

  /** Hands an open file over to whoever asks first. */
  public Optional<OwnedFd> take(String name) {
    lock.lock();
    try {
      return Optional.ofNullable(waiting.remove(name));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      waiting.values().forEach(OwnedFd::close);
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }
}
