package dev.barevirt.qmp.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one connection between being asked for and being answered: those waiting for
 * their turn, and those at the peer, in the order of sending. An abandoned command keeps its place
 * at the peer until it is answered. Lives on the loop; only the age is read from elsewhere.
 */
final class CommandQueue {
  private static final long NOTHING = Long.MIN_VALUE;

  private final int window;
  private final WireLoop.Ticker ticker;
  private final ArrayDeque<WireReply> waiting = new ArrayDeque<>();
  private final LinkedHashMap<String, WireReply> atPeer = new LinkedHashMap<>();
  private boolean aloneAtPeer;
  private volatile long oldestSent = NOTHING;

  CommandQueue(int window, WireLoop.Ticker ticker) {
    this.window = window;
    this.ticker = ticker;
  }

  void add(WireReply reply) {
    if (reply.command().lane() == WireCommand.Lane.OUT_OF_BAND) {
      waiting.addFirst(reply);
    } else {
      waiting.add(reply);
    }
  }

  /** The next command whose turn it is, now counted as sent. */
  Optional<WireReply> next() {
    WireReply head = waiting.peekFirst();
    while (head != null && head.isAbandoned()) {
      forget(head);
      head = waiting.peekFirst();
    }
    if (head == null || mustWait(head.command().lane())) {
      return Optional.empty();
    }
    waiting.removeFirst();
    if (!head.send(ticker.nanos())) {
      head.command().descriptors().forEach(OwnedFd::close);
      return next();
    }
    atPeer.put(Long.toString(head.id()), head);
    aloneAtPeer |= head.command().lane() == WireCommand.Lane.ALONE;
    publishOldest();
    return Optional.of(head);
  }

  private boolean mustWait(WireCommand.Lane lane) {
    return switch (lane) {
      case OUT_OF_BAND -> false;
      case SHARED -> atPeer.size() >= window;
      case ALONE -> atPeer.size() >= window || aloneAtPeer;
    };
  }

  /** Takes the command with that id off the peer; without an id, the one sent first. */
  Optional<WireReply> answered(@Nullable String id) {
    WireReply reply;
    if (id != null) {
      reply = atPeer.remove(id);
    } else {
      var first = atPeer.pollFirstEntry();
      reply = first == null ? null : first.getValue();
    }
    if (reply == null) {
      return Optional.empty();
    }
    if (reply.command().lane() == WireCommand.Lane.ALONE) {
      aloneAtPeer = false;
    }
    publishOldest();
    return Optional.of(reply);
  }

  /** Drops a command that was abandoned before it was sent. */
  void forget(WireReply reply) {
    if (waiting.remove(reply)) {
      reply.command().descriptors().forEach(OwnedFd::close);
    }
  }

  /** Fails everything and forgets it. */
  void drainAll(WireException cause) {
    for (Iterator<WireReply> i = waiting.iterator(); i.hasNext(); i.remove()) {
      WireReply reply = i.next();
      reply.command().descriptors().forEach(OwnedFd::close);
      reply.fail(cause);
    }
    atPeer.values().forEach(reply -> reply.fail(cause));
    atPeer.clear();
    aloneAtPeer = false;
    publishOldest();
  }

  /** Read from any thread. */
  Duration oldestAge() {
    long sent = oldestSent;
    return sent == NOTHING ? Duration.ZERO : Duration.ofNanos(ticker.nanos() - sent);
  }

  private void publishOldest() {
    var first = atPeer.firstEntry();
    oldestSent = first == null ? NOTHING : first.getValue().sentNanos();
  }
}
