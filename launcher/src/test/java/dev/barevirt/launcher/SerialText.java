package dev.barevirt.launcher;

import dev.barevirt.qmp.wire.ByteStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A serial console to read from and type into. */
public final class SerialText implements AutoCloseable {
  private final ByteStream stream;
  private final StringBuilder seen = new StringBuilder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private int from;
  private boolean ended;

  /** Text that is read from, and typed into, this stream. */
  public SerialText(ByteStream stream) {
    this.stream = stream;
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    byte[] piece = new byte[4096];
    try {
      for (int length = stream.read(piece); length >= 0; length = stream.read(piece)) {
        add(new String(piece, 0, length, StandardCharsets.UTF_8));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private void add(String text) {
    lock.lock();
    try {
      seen.append(text);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a text after the last one that was waited for, and returns what came before it. */
  public String await(String text) throws InterruptedException {
    return await(text, ResidentProcess.PATIENCE);
  }

  String await(String text, Duration patience) throws InterruptedException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(patience.toMillis());
    lock.lock();
    try {
      while (true) {
        int at = seen.indexOf(text, from);
        if (at >= 0) {
          String before = seen.substring(from, at);
          from = at + text.length();
          return before;
        }
        if (ended || nanos <= 0) {
          throw new AssertionError("\"" + text + "\" was not seen; only:\n" + seen);
        }
        nanos = more.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Types a command and returns what it printed. */
  public String run(String command) throws InterruptedException {
    type(command + "; echo E''ND\n");
    await("\n");
    return await("END");
  }

  void type(String text) throws InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    stream.write(bytes, 0, bytes.length);
  }

  @Override
  public void close() {
    stream.close();
  }
}
