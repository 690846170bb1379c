package dev.barevirt.launcher.guest;

import dev.barevirt.qmp.wire.ByteStream;
import java.util.Optional;

/** The streams of bytes that a machine has. */
public interface MachineStreams {

  /** The serial console; empty when the guest has none. */
  Optional<Console> console();

  /** A new connection to the display; empty when the guest has none. */
  Optional<ByteStream> openDisplay();

  /**
   * A free port for a USB device that a client lends, taken until the stream is closed; empty when
   * the guest has no such ports.
   *
   * @throws GuestException when all are taken
   */
  Optional<ByteStream> openUsbPort();

  /** A serial console that several can look at. */
  interface Console {
    /**
     * Lets somebody look on until they or the guest end.
     *
     * @param viewer their connection
     * @param replay whether they are first shown what was written before they came
     * @param readOnly whether what they type is thrown away
     */
    void join(ByteStream viewer, boolean replay, boolean readOnly);
  }
}
