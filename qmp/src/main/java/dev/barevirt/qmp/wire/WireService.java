package dev.barevirt.qmp.wire;

import java.util.Optional;

/** What a server does for those who connect. */
public interface WireService {
  /** Whether to talk to this peer at all; by default to whoever could open the socket. */
  default boolean admits(PeerCredentials peer) {
    return true;
  }

  /** The first line a peer gets, if it gets one. */
  default Optional<RawJson> greeting() {
    return Optional.empty();
  }

  /** A peer has connected; called on the event loop, must not block. */
  default void opened(WirePeer peer) {}

  /**
   * Serves one command on a virtual thread of its own, and answers it through the request. When it
   * returns or throws without having answered, the peer gets a GenericError.
   */
  void serve(WireRequest request) throws InterruptedException;

  /** A peer has gone; called on the event loop, must not block. */
  default void closed(WirePeer peer) {}
}
