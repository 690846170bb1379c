package dev.barevirt.launcher.console;

import dev.barevirt.launcher.guest.MachineStreams;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.WireException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The launcher's end of a guest's serial port: everything the guest writes goes to the log where
 * one is kept, into the scrollback, and to all viewers; what a viewer types goes to the guest.
 */
public final class Console implements MachineStreams.Console, AutoCloseable {
  private static final int SCROLLBACK = 64 * 1024;
  private static final int PIECE = 8 * 1024;

  private final ByteStream guest;
  private final @Nullable SerialLog log; // null when none is kept
  private final ReentrantLock lock = new ReentrantLock();
  private final Scrollback scrollback = new Scrollback(SCROLLBACK); // guarded by the lock
  private final Set<Viewer> viewers = new LinkedHashSet<>(); // guarded by the lock
  private boolean ended; // guarded by the lock

  private Console(ByteStream guest, @Nullable SerialLog log) {
    this.guest = guest;
    this.log = log;
  }

  /**
   * Takes the guest's serial port over.
   *
   * @param log is taken over too; null when none is to be kept
   */
  public static Console attach(ByteStream guest, @Nullable SerialLog log) {
    Console console = new Console(guest, log);
    Thread.ofVirtual().name("console").start(console::listen);
    return console;
  }

  @Override
  public void join(ByteStream viewer, boolean replay, boolean readOnly) {
    Viewer joining = new Viewer(viewer);
    lock.lock();
    try {
      if (replay) {
        joining.show(scrollback.content());
      }
      if (ended) {
        viewer.finish();
        return;
      }
      viewers.add(joining);
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual().name("console-input").start(() -> hear(joining, readOnly));
  }

  /** Closes the console and sends the viewers away once they have seen all. */
  @Override
  public void close() {
    guest.close();
  }

  private void listen() {
    byte[] piece = new byte[PIECE];
    try {
      for (int length = guest.read(piece); length >= 0; length = guest.read(piece)) {
        if (log != null) {
          log.write(piece, length);
        }
        spread(Arrays.copyOf(piece, length));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private void spread(byte[] bytes) {
    lock.lock();
    try {
      scrollback.add(bytes, bytes.length);
      viewers.forEach(viewer -> viewer.show(bytes));
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    List<Viewer> left;
    lock.lock();
    try {
      ended = true;
      left = List.copyOf(viewers);
      viewers.clear();
    } finally {
      lock.unlock();
    }
    left.forEach(viewer -> viewer.stream().finish());
    if (log != null) {
      log.close();
    }
  }

  private void hear(Viewer viewer, boolean readOnly) {
    byte[] piece = new byte[PIECE];
    try {
      for (int length = viewer.stream().read(piece);
          length >= 0;
          length = viewer.stream().read(piece)) {
        if (!readOnly) {
          guest.write(piece, 0, length);
        }
      }
    } catch (WireException.Disconnected guestGone) {
      viewer.stream().finish();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      leave(viewer);
    }
  }

  private void leave(Viewer viewer) {
    lock.lock();
    try {
      viewers.remove(viewer);
    } finally {
      lock.unlock();
    }
  }
}
