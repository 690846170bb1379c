package dev.barevirt.qmp.wire;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connected stream socket on the event loop: delivers what arrives, queues what is to be sent.
 *
 * <p>All of it runs in the socket's lane: on the loop, but for short tasks that another thread may
 * {@link #run} itself while the loop has nothing to do with this socket. That spares a command the
 * detour over another thread, which costs more than sending it.
 */
final class StreamSocket implements EpollIoHandle {
  /** What the socket tells its owner, on the loop. */
  interface Owner {
    /** Bytes arrived; the array is the loop's and is only valid during the call. */
    void received(byte[] bytes, int length, List<OwnedFd> descriptors);

    /** All that was queued has been sent. */
    void drained();

    /** The socket is closed; the reason is absent when this side closed it. */
    void closed(Optional<String> reason);
  }

  private static final int READS_A_TURN = 16;

  private final WireLoop loop;
  private final OwnedFd fd;
  private final FileDescriptor descriptor;
  private final int writeLimit;
  private final ArrayDeque<Outgoing> outgoing = new ArrayDeque<>();
  private final ReentrantLock lane = new ReentrantLock();
  private final AtomicInteger posted = new AtomicInteger();
  private @Nullable SocketBuffers ownBuffers; // made when first sent from beside the loop
  private Owner owner;
  private @Nullable IoRegistration registration; // absent until the loop has taken the socket
  private int queued;
  private boolean reading = true;
  private boolean closing;
  private boolean closed;

  private StreamSocket(WireLoop loop, OwnedFd fd, int writeLimit, Owner owner) {
    this.loop = loop;
    this.fd = fd;
    this.descriptor = new FileDescriptor(fd.number());
    this.writeLimit = writeLimit;
    this.owner = owner;
  }

  /** Takes a connected socket; nothing is read from it before {@link #start}. */
  static StreamSocket of(WireLoop loop, OwnedFd fd, int writeLimit, Owner owner) {
    Posix.makeNonBlocking(fd.number());
    return new StreamSocket(loop, fd, writeLimit, owner);
  }

  /** Begins to read and write, once the owner is ready to be called; from any thread. */
  void start() {
    loop.register(
        this,
        this::registered,
        e -> inLane(() -> close(Optional.of("register: " + e.getMessage()))));
  }

  /**
   * Runs a short task in the lane: here and now if the lane is free, else on the loop. Tasks of one
   * thread run in their order.
   */
  void run(Runnable task) {
    if (!loop.inLoop() && posted.get() == 0 && lane.tryLock()) {
      try {
        task.run();
      } finally {
        lane.unlock();
      }
    } else {
      post(task);
    }
  }

  /** Runs a short task in the lane, on the loop. */
  void post(Runnable task) {
    posted.incrementAndGet();
    try {
      loop.execute(
          () -> {
            try {
              inLane(task);
            } finally {
              posted.decrementAndGet();
            }
          });
    } catch (WireException.Disconnected e) {
      posted.decrementAndGet();
      throw e;
    }
  }

  private void inLane(Runnable task) {
    lane.lock();
    try {
      task.run();
    } finally {
      lane.unlock();
    }
  }

  private static final class Outgoing {
    private final byte[] bytes;
    private List<OwnedFd> descriptors;
    private int offset;

    Outgoing(byte[] bytes, List<OwnedFd> descriptors) {
      this.bytes = bytes;
      this.descriptors = descriptors;
    }
  }

  private void registered(IoRegistration to) {
    inLane(() -> begin(to));
  }

  private void begin(IoRegistration to) {
    registration = to;
    if (closed) {
      to.cancel();
      return;
    }
    flush();
    interest();
  }

  /** Hands the socket to another owner, who gets what arrives from now on. */
  void owner(Owner next) {
    owner = next;
  }

  /** Queues bytes, and takes the descriptors that go with them. */
  void write(byte[] bytes, List<OwnedFd> descriptors) {
    if (closed || closing) {
      descriptors.forEach(OwnedFd::close);
      return;
    }
    queued += bytes.length;
    outgoing.add(new Outgoing(bytes, descriptors));
    if (queued > writeLimit) {
      String why = "peer does not read: " + queued + " bytes wait to be sent";
      post(() -> close(Optional.of(why)));
    } else if (outgoing.size() == 1 && registration != null) {
      if (loop.inLoop()) {
        flush();
        interest();
      } else {
        sendBesideLoop();
      }
    }
  }

  /** Sends what goes at once; what does not, and every error, is left to the loop. */
  private void sendBesideLoop() {
    SocketBuffers buffers = ownBuffers;
    if (buffers == null) {
      buffers = SocketBuffers.forSending();
      ownBuffers = buffers;
    }
    Outgoing only = outgoing.element();
    int sent = buffers.send(fd.number(), only.bytes, only.offset, only.descriptors);
    if (sent > 0) {
      wasSent(only, sent);
    }
    if (!outgoing.isEmpty()) {
      post(
          () -> {
            flush();
            interest();
          });
    }
  }

  private void wasSent(Outgoing next, int sent) {
    next.descriptors.forEach(OwnedFd::close);
    next.descriptors = List.of();
    next.offset += sent;
    queued -= sent;
    if (next.offset == next.bytes.length) {
      outgoing.removeFirst();
    }
  }

  /** How many bytes wait to be sent. */
  int queued() {
    return queued;
  }

  /** Whether to take what arrives; when not, the peer is held up by the kernel. */
  void reading(boolean wanted) {
    if (reading != wanted) {
      reading = wanted;
      interest();
    }
  }

  /** Closes once all that is queued has been sent. */
  void closeWhenDrained() {
    closing = true;
    if (outgoing.isEmpty()) {
      close(Optional.empty());
    }
  }

  boolean isClosed() {
    return closed;
  }

  int number() {
    return fd.number();
  }

  void close(Optional<String> reason) {
    if (closed) {
      return;
    }
    closed = true;
    IoRegistration r = registration;
    if (r != null && r.isValid()) {
      r.cancel();
    }
    fd.close();
    outgoing.forEach(o -> o.descriptors.forEach(OwnedFd::close));
    outgoing.clear();
    queued = 0;
    owner.closed(reason);
  }

  private void interest() {
    IoRegistration r = registration;
    if (r == null || closed) {
      return;
    }
    // Unread, a hang-up would be reported for ever: edge-triggered, it is reported once.
    EpollIoOps ops = reading ? EpollIoOps.EPOLLIN : EpollIoOps.EPOLLET;
    if (!outgoing.isEmpty()) {
      ops = ops.with(EpollIoOps.EPOLLOUT);
    }
    r.submit(ops);
  }

  private void flush() {
    if (registration == null || closed) {
      return;
    }
    while (!outgoing.isEmpty()) {
      Outgoing next = outgoing.peekFirst();
      int sent = loop.buffers().send(fd.number(), next.bytes, next.offset, next.descriptors);
      if (sent == -Posix.EAGAIN) {
        return;
      }
      if (sent == -Posix.EINTR) {
        continue;
      }
      if (sent < 0) {
        lost(-sent);
        return;
      }
      wasSent(next, sent);
    }
    if (closing) {
      close(Optional.empty());
    } else {
      owner.drained();
    }
  }

  /** A peer that has gone may have left last words: they are read before the socket closes. */
  private void lost(int errno) {
    closing = true;
    outgoing.forEach(o -> o.descriptors.forEach(OwnedFd::close));
    outgoing.clear();
    queued = 0;
    receive();
    close(Optional.of(Posix.describe(errno)));
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    inLane(() -> ready(event));
  }

  private void ready(IoEvent event) {
    EpollIoOps ops = ((EpollIoEvent) event).ops();
    boolean hangup =
        (ops.value() & ~(EpollIoOps.EPOLLIN.value() | EpollIoOps.EPOLLOUT.value())) != 0;
    if (ops.contains(EpollIoOps.EPOLLOUT) && !closed) {
      flush();
      interest();
    }
    if (hangup || ops.contains(EpollIoOps.EPOLLIN)) {
      receive();
    }
  }

  private void receive() {
    for (int turn = 0; turn < READS_A_TURN && reading && !closed; turn++) {
      List<OwnedFd> descriptors = new ArrayList<>(0);
      int length = loop.buffers().receive(fd.number(), descriptors);
      if (length > 0) {
        owner.received(loop.buffers().received(), length, descriptors);
        if (length < SocketBuffers.SIZE / 2) {
          return; // probably drained: the loop reports what is left
        }
      } else if (length == 0) {
        close(Optional.of("end of stream"));
      } else if (length == -Posix.EAGAIN) {
        return;
      } else if (length != -Posix.EINTR) {
        close(Optional.of(Posix.describe(-length)));
      }
    }
  }

  @Override
  public FileDescriptor fd() {
    return descriptor;
  }

  /** The loop ends. */
  @Override
  public void close() {
    inLane(() -> close(Optional.of("the event loop is closed")));
  }
}
