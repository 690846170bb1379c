package dev.barevirt.launcher.cli.term;

import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A guest's serial console between the user's input and output, until one side has enough. */
public final class Console {
  /** The key that leaves: control and the closing bracket. */
  static final byte ESCAPE = 0x1d;

  private static final int PIECE = 8192;

  private final InputStream in;
  private final OutputStream out;
  private final boolean interactive;
  private final AtomicBoolean left = new AtomicBoolean();

  /** How an attached console ended. */
  public enum End {
    /** The user pressed {@code ^]}. */
    LEFT,
    /** The guest's side is closed: the machine has ended, or its launcher has. */
    CLOSED
  }

  /**
   * @param in what the user types
   * @param out what the user sees
   * @param interactive whether {@code ^]} leaves; in a pipe every byte is the guest's
   */
  public Console(InputStream in, OutputStream out, boolean interactive) {
    this.in = in;
    this.out = out;
    this.interactive = interactive;
  }

  /**
   * Copies both ways until the guest's side ends or the user leaves. Input that ends is no reason
   * to leave.
   */
  public End attach(ByteStream guest) throws InterruptedException {
    Thread.ofPlatform().daemon().name("console-input").start(() -> type(guest));
    byte[] piece = new byte[PIECE];
    for (int length = guest.read(piece); length >= 0; length = guest.read(piece)) {
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
          left.set(true);
          guest.close();
          return;
        }
      }
    } catch (IOException | WireException e) {
      // Either side has gone; the reading side says which.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
