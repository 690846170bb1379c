package dev.barevirt.qmp.wire;

/**
 * What a connection tells beside the replies to commands. Called on the event loop, strictly in the
 * order in which things arrived: an implementation only files what it is told, and never blocks.
 */
public interface WireListener {
  /** The peer's first line, where its protocol has one. */
  default void greeted(RawJson greeting) {}

  /** Something happened at the peer. */
  default void event(WireEvent event) {}

  /** The same, for a listener that does something with the connection it happened on. */
  default void event(WireConnection connection, WireEvent event) {
    event(event);
  }

  /** A reply came after its caller had given up; it is not delivered to anybody else. */
  default void late(LateReply reply) {}

  /** The connection has ended; nothing follows. */
  default void closed(WireException.Disconnected cause) {}
}
