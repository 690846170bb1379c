package dev.barevirt.qmp.wire;

/** Takes a stream's bytes as they arrive. Called on the event loop; must not block. */
public interface ByteSink {
  /** Bytes that belong to the callee. */
  void bytes(byte[] bytes);

  /** Nothing follows. */
  void end();
}
