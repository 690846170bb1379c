package dev.barevirt.qmp.wire;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection of plain bytes: a serial console, a VNC session. What the reader does not take holds
 * the peer up instead of filling memory. Used in one of three ways: read here by a thread, pushed
 * into a {@link ByteSink}, or relayed to another stream.
 */
public final class ByteStream implements AutoCloseable {
  private static final int HIGH_WATER = 64 * 1024;

  private final WireLoop loop;
  private final StreamSocket socket;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  // Guarded by the lock.
  private final ArrayDeque<byte[]> inbox = new ArrayDeque<>();
  private int inboxBytes;
  private int outbox;
  private boolean ended;

  // On the loop.
  private @Nullable ByteSink sink; // absent while bytes are kept for a reading thread
  private Runnable onDrained = () -> {};
  private boolean paused;

  private ByteStream(WireLoop loop, OwnedFd fd) {
    this.loop = loop;
    this.socket = StreamSocket.of(loop, fd, Integer.MAX_VALUE, new Arrivals());
  }

  private ByteStream(WireLoop loop, StreamSocket taken) {
    this.loop = loop;
    this.socket = taken;
  }

  /** Connects to a listening socket. */
  public static ByteStream connect(WireLoop loop, Path path) {
    return over(loop, UnixSockets.connect(path));
  }

  /** Takes a connected socket. */
  public static ByteStream over(WireLoop loop, OwnedFd socket) {
    ByteStream stream = new ByteStream(loop, socket);
    stream.socket.start();
    return stream;
  }

  static ByteStream taking(WireLoop loop, StreamSocket socket) {
    ByteStream stream = new ByteStream(loop, socket);
    socket.owner(stream.new Arrivals());
    return stream;
  }

  void first(byte[] bytes, int from, int to) {
    if (to > from) {
      arrived(Arrays.copyOfRange(bytes, from, to));
    }
  }

  /**
   * Waits for bytes.
   *
   * @return how many were read, or -1 at the end
   */
  public int read(byte[] into) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (inbox.isEmpty() && !ended) {
        changed.await();
      }
      byte[] next = inbox.pollFirst();
      if (next == null) {
        return -1;
      }
      int length = Math.min(next.length, into.length);
      System.arraycopy(next, 0, into, 0, length);
      if (length < next.length) {
        inbox.addFirst(Arrays.copyOfRange(next, length, next.length));
      }
      inboxBytes -= length;
      if (inboxBytes < HIGH_WATER && !ended) {
        loop.execute(this::updateReading);
      }
      return length;
    } finally {
      lock.unlock();
    }
  }

  /** Sends bytes, waiting while too many sent before are still on their way. */
  public void write(byte[] bytes, int offset, int length) throws InterruptedException {
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    lock.lockInterruptibly();
    try {
      while (outbox >= HIGH_WATER && !ended) {
        changed.await();
      }
      if (ended) {
        throw new WireException.Disconnected("write " + length + " bytes to a closed stream");
      }
      outbox += length;
    } finally {
      lock.unlock();
    }
    loop.execute(() -> socket.write(copy, List.of()));
  }

  /**
   * Pushes what has arrived and what will arrive into a sink, until {@link #pause()}.
   *
   * @param to takes the bytes, on the event loop
   */
  public void receive(ByteSink to) {
    loop.execute(() -> deliverTo(to));
  }

  /** Stops taking bytes: the peer is held up. From any thread. */
  public void pause() {
    loop.execute(() -> pausing(true));
  }

  /** Takes bytes again. From any thread. */
  public void resume() {
    loop.execute(() -> pausing(false));
  }

  /**
   * Sends bytes without waiting, for use in a sink of another stream.
   *
   * @return false when the peer is slow: stop until {@link #whenDrained}
   */
  public boolean offer(byte[] bytes) {
    if (loop.inLoop()) {
      return send(bytes);
    }
    loop.execute(() -> send(bytes));
    lock.lock();
    try {
      return outbox < HIGH_WATER;
    } finally {
      lock.unlock();
    }
  }

  /** Runs a short task on the event loop each time all sent bytes have gone. */
  public void whenDrained(Runnable task) {
    loop.execute(() -> onDrained = task);
  }

  /**
   * Copies both ways between two streams until one of them ends, then closes both.
   *
   * @return completed when both are closed
   */
  public CompletionStage<Void> relay(ByteStream other) {
    pump(this, other);
    pump(other, this);
    return CompletableFuture.allOf(closed, other.closed).minimalCompletionStage();
  }

  private static void pump(ByteStream from, ByteStream to) {
    to.whenDrained(from::resume);
    from.receive(
        new ByteSink() {
          @Override
          public void bytes(byte[] bytes) {
            if (!to.offer(bytes)) {
              from.pause();
            }
          }

          @Override
          public void end() {
            to.finish();
          }
        });
  }

  /** Closes once all that was sent has gone. */
  public void finish() {
    loop.execute(socket::closeWhenDrained);
  }

  /** Completed when the stream is closed, by either side. */
  public CompletionStage<Void> closed() {
    return closed.minimalCompletionStage();
  }

  /** Closes at once. */
  @Override
  public void close() {
    try {
      loop.execute(() -> socket.close(Optional.empty()));
    } catch (WireException.Disconnected _) {
      // The loop has ended, and every socket with it.
    }
  }

  private boolean send(byte[] bytes) {
    lock.lock();
    try {
      outbox += bytes.length;
    } finally {
      lock.unlock();
    }
    socket.write(bytes, List.of());
    return socket.queued() < HIGH_WATER;
  }

  private void deliverTo(ByteSink to) {
    sink = to;
    for (byte[] waiting = take(); waiting.length > 0; waiting = take()) {
      to.bytes(waiting);
    }
    if (closed.isDone()) {
      to.end();
    }
    updateReading();
  }

  private byte[] take() {
    lock.lock();
    try {
      byte[] next = inbox.pollFirst();
      if (next == null) {
        return new byte[0];
      }
      inboxBytes -= next.length;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void pausing(boolean wanted) {
    paused = wanted;
    updateReading();
  }

  private void updateReading() {
    boolean full;
    lock.lock();
    try {
      full = inboxBytes >= HIGH_WATER;
    } finally {
      lock.unlock();
    }
    socket.reading(!paused && !full);
  }

  private void arrived(byte[] bytes) {
    ByteSink to = sink;
    if (to != null) {
      to.bytes(bytes);
      return;
    }
    lock.lock();
    try {
      inbox.add(bytes);
      inboxBytes += bytes.length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    updateReading();
  }

  private final class Arrivals implements StreamSocket.Owner {
    @Override
    public void received(byte[] bytes, int length, List<OwnedFd> descriptors) {
      descriptors.forEach(OwnedFd::close);
      arrived(Arrays.copyOf(bytes, length));
    }

    @Override
    public void drained() {
      lock.lock();
      try {
        outbox = 0;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      onDrained.run();
    }

    @Override
    public void closed(Optional<String> reason) {
      lock.lock();
      try {
        ended = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      closed.complete(null);
      ByteSink to = sink;
      if (to != null) {
        to.end();
      }
    }
  }
}
