package dev.barevirt.qmp.wire;

/**
 * The limits of one connection.
 *
 * @param dialect how replies find their commands
 * @param frameLimit the longest line that is read, in bytes
 * @param writeLimit how many bytes may wait to be written before the connection is given up
 * @param window how many commands may be unanswered at the peer; the rest wait here in order
 * @param transcriptSize how many bytes of recent traffic are remembered
 */
public record WireSettings(
    Dialect dialect, int frameLimit, int writeLimit, int window, int transcriptSize) {
  /** How replies find their commands. */
  public enum Dialect {
    /** Every command carries an id, which the reply repeats. */
    IDS,
    /** No ids, one command at a time: the guest agent. */
    IN_TURN
  }

  private static final int MIB = 1024 * 1024;

  /** For a QEMU that is trusted with this process's memory: lines up to 64 MiB. */
  public static WireSettings library() {
    return new WireSettings(Dialect.IDS, 64 * MIB, 64 * MIB, 8, 64 * 1024);
  }

  /** For a QEMU that runs a guest one does not trust, in a small process: lines up to 4 MiB. */
  public static WireSettings resident() {
    return new WireSettings(Dialect.IDS, 4 * MIB, 4 * MIB, 8, 32 * 1024);
  }

  /** For barevirt's own calls between processes: lines up to 1 MiB. */
  public static WireSettings rpc() {
    return new WireSettings(Dialect.IDS, MIB, 4 * MIB, 64, 16 * 1024);
  }

  /** For the guest agent: lines up to 1 MiB, one command at a time. */
  public static WireSettings agent() {
    return new WireSettings(Dialect.IN_TURN, MIB, 2 * MIB, 1, 16 * 1024);
  }

  /** The same with another frame limit. */
  public WireSettings withFrameLimit(int bytes) {
    return new WireSettings(dialect, bytes, writeLimit, window, transcriptSize);
  }

  /** The same with another window. */
  public WireSettings withWindow(int commands) {
    return new WireSettings(dialect, frameLimit, writeLimit, commands, transcriptSize);
  }
}
