package dev.barevirt.virtctl.stream;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the bytes that come from the API; it may take its time, and then less comes. */
@FunctionalInterface
public interface Sink {
  /**
   * Takes bytes.
   *
   * @param bytes what came
   * @param last whether a message ends with them
   */
  void take(ByteBuffer bytes, boolean last) throws IOException;
}
