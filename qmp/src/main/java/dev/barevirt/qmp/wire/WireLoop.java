package dev.barevirt.qmp.wire;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The one thread on which a process does its socket work. Everything that touches a connection's
 * state runs here, one thing after the other, and never blocks; decisions are made elsewhere.
 */
public final class WireLoop implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup group;
  private final IoEventLoop loop;
  private final SocketBuffers buffers;
  private final Ticker ticker;

  private WireLoop(String name, Ticker ticker) {
    this.ticker = ticker;
    this.buffers = SocketBuffers.ofLoop();
    // 64 events a round instead of 4096: each costs native memory, and few sockets are open here.
    ThreadFactory threads = task -> Thread.ofPlatform().daemon().name(name).unstarted(task);
    this.group =
        new MultiThreadIoEventLoopGroup(
            1, threads, EpollIoHandler.newFactory(64, DefaultSelectStrategyFactory.INSTANCE));
    this.loop = group.next();
  }

  /** Starts the thread. */
  public static WireLoop start(String name) {
    return new WireLoop(name, System::nanoTime);
  }

  /** Starts the thread with another clock for ages and deadlines that are measured here. */
  public static WireLoop start(String name, Ticker ticker) {
    return new WireLoop(name, ticker);
  }

  /** A clock that only moves forward, in nanoseconds. */
  @FunctionalInterface
  public interface Ticker {
    /** Now. */
    long nanos();
  }

  Ticker ticker() {
    return ticker;
  }

  SocketBuffers buffers() {
    return buffers;
  }

  boolean inLoop() {
    return loop.inEventLoop();
  }

  /** Runs a short task on the loop; after {@link #close()} it is dropped. */
  void execute(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      throw new WireException.Disconnected("the event loop is closed");
    }
  }

  void schedule(Runnable task, Duration delay) {
    var _ = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Puts a socket under the loop's care; the callbacks run on the loop. */
  void register(EpollIoHandle handle, Consumer<IoRegistration> done, Consumer<Throwable> failed) {
    Future<IoRegistration> future = loop.register(handle);
    future.addListener(
        (Future<IoRegistration> f) -> {
          Throwable cause = f.cause();
          if (cause == null) {
            done.accept(f.getNow());
          } else {
            failed.accept(cause);
          }
        });
  }

  /** Closes every connection of this loop and ends its thread. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
