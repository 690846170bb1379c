package dev.barevirt.qmp.wire;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One command a peer asks of a server; answered exactly once, from any thread. */
public final class WireRequest {
  /** The error class of whatever has no class of its own. */
  public static final String GENERIC_ERROR = "GenericError";

  /** The error class of a command that does not exist. */
  public static final String COMMAND_NOT_FOUND = "CommandNotFound";

  private final WirePeer peer;
  private final WireMessage.Requested message;
  private final List<OwnedFd> descriptors;
  private final AtomicBoolean answered = new AtomicBoolean();

  WireRequest(WirePeer peer, WireMessage.Requested message, List<OwnedFd> descriptors) {
    this.peer = peer;
    this.message = message;
    this.descriptors = descriptors;
  }

  /** The command's name. */
  public String name() {
    return message.name();
  }

  /** The command's arguments, an object. */
  public RawJson arguments() {
    return message.arguments();
  }

  /** Open files that came with the command and now belong to whoever serves it. */
  public List<OwnedFd> descriptors() {
    return descriptors;
  }

  /** Who asks. */
  public WirePeer peer() {
    return peer;
  }

  /** Answers with a value. */
  public void reply(RawJson value) {
    claim();
    peer.answer(message.id(), "return", value);
  }

  /** Answers that it was done. */
  public void reply() {
    reply(RawJson.EMPTY_OBJECT);
  }

  /** Answers that it was not done, and why. */
  public void fail(String errorClass, String description) {
    claim();
    peer.answer(message.id(), "error", error(errorClass, description));
  }

  /**
   * Answers with a value, after which the connection carries plain bytes. Answers to other requests
   * of this peer are dropped.
   */
  public ByteStream openStream(RawJson value) throws InterruptedException {
    claim();
    return peer.handOver(message.id(), value);
  }

  void failUnlessAnswered(String description) {
    if (answered.compareAndSet(false, true)) {
      peer.answer(message.id(), "error", error(GENERIC_ERROR, name() + ": " + description));
    }
  }

  private void claim() {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException(name() + " was answered before");
    }
  }

  private static RawJson error(String errorClass, String description) {
    return RawJson.of(Json.object().with("class", errorClass).with("desc", description).build());
  }
}
