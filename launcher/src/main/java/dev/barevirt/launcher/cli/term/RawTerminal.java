package dev.barevirt.launcher.cli.term;

import dev.barevirt.launcher.os.Terminal;

/**
 * The user's terminal in raw mode, put back as it was when closed and, should the process end in
 * any other way that still runs code, by a shutdown hook.
 */
public final class RawTerminal implements AutoCloseable {
  private static final int STDIN = 0;

  private final Terminal.Mode mode;
  private final Thread hook;

  private RawTerminal(Terminal.Mode mode) {
    this.mode = mode;
    this.hook = new Thread(mode::close, "restore-terminal");
  }

  /** Makes stdin raw; call only when it is a terminal. */
  public static RawTerminal enter() {
    var raw = new RawTerminal(new Terminal(STDIN).raw());
    Runtime.getRuntime().addShutdownHook(raw.hook);
    return raw;
  }

  @Override
  public void close() {
    mode.close();
    try {
      boolean removed = Runtime.getRuntime().removeShutdownHook(hook);
      assert removed;
    } catch (IllegalStateException shuttingDown) {
      // The hook runs by itself now; restoring twice does no harm.
    }
  }
}
