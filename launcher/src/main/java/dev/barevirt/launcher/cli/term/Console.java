package dev.barevirt.launcher.cli.term;

import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A guest's serial console between the user's input and output, until one side has enough. */
public final class Console {
  /** The key that leaves: control and the closing bracket. */
  static final byte ESCAPE = 0x1d;

  private static final int PIECE = 8192;

  private final InputStream in;
  private final OutputStream out;
  private final boolean interactive;
  private final @Nullable Duration silence;
  private final AtomicLong lastHeard = new AtomicLong(System.nanoTime());
  private final AtomicBoolean left = new AtomicBoolean();

  /** How an attached console ended. */
  public enum End {
    /** The user pressed {@code ^]}, or piped input has ended and the guest has nothing to say. */
    LEFT,
    /** The guest's side is closed: the machine has ended, or its launcher has. */
    CLOSED
  }

  /**
   * @param in what the user types
   * @param out what the user sees
   * @param interactive whether {@code ^]} leaves; in a pipe every byte is the guest's
   * @param silence how long the guest must be silent for the input's end to be the end; null: input
   *     that ends is no reason to leave
   */
  public Console(
      InputStream in, OutputStream out, boolean interactive, @Nullable Duration silence) {
    this.in = in;
    this.out = out;
    this.interactive = interactive;
    this.silence = silence;
  }

  /** Copies both ways until the guest's side ends or the user leaves. */
  public End attach(ByteStream guest) throws InterruptedException {
    Thread.ofPlatform().daemon().name("console-input").start(() -> type(guest));
    byte[] piece = new byte[PIECE];
    for (int length = guest.read(piece); length >= 0; length = guest.read(piece)) {
      lastHeard.set(System.nanoTime());
      try {
        out.write(piece, 0, length);
        out.flush();
      } catch (IOException e) {
        guest.close();
        throw new UncheckedIOException("cannot write to the output", e);
      }
    }
    return left.get() ? End.LEFT : End.CLOSED;
  }

  private void type(ByteStream guest) {
    byte[] piece = new byte[PIECE];
    try {
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        int escape = interactive ? indexOfEscape(piece, length) : -1;
        int ours = escape < 0 ? length : escape;
        if (ours > 0) {
          guest.write(piece, 0, ours);
        }
        if (escape >= 0) {
          leave(guest);
          return;
        }
      }
      if (!interactive && silence != null) {
        awaitSilence(silence);
        leave(guest);
      }
    } catch (IOException | WireException e) {
      // Either side has gone; the reading side says which.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave(ByteStream guest) {
    left.set(true);
    guest.close();
  }

  private void awaitSilence(Duration wanted) {
    lastHeard.accumulateAndGet(System.nanoTime(), Math::max);
    long quiet = 0;
    while (quiet < wanted.toNanos()) {
      LockSupport.parkNanos(wanted.toNanos() - quiet);
      quiet = System.nanoTime() - lastHeard.get();
    }
  }

  private static int indexOfEscape(byte[] piece, int length) {
    for (int i = 0; i < length; i++) {
      if (piece[i] == ESCAPE) {
        return i;
      }
    }
    return -1;
  }
}
