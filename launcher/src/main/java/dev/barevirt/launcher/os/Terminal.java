package dev.barevirt.launcher.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * The terminal behind a descriptor.
 *
 * <p>Safe because the kernel's own {@code termios} (36 bytes) and {@code winsize} (8 bytes) have
 * one layout on all architectures we run on, and both get more room than that.
 *
 * @param number the descriptor; not owned
 */
public record Terminal(int number) {
  private static final long TCGETS = 0x5401;
  private static final long TCSETSW = 0x5403;
  private static final long TIOCGWINSZ = 0x5413;
  private static final long STRUCT_BYTES = 64;
  private static final int TERMIOS_BYTES = 36;

  // The bits that cfmakeraw(3) clears and sets.
  private static final int INPUT_OFF = 01 | 02 | 010 | 040 | 0100 | 0200 | 0400 | 02000;
  private static final int OUTPUT_OFF = 01;
  private static final int LOCAL_OFF = 010 | 0100 | 02 | 01 | 0100000;
  private static final int SIZE_OR_PARITY = 060 | 0400;
  private static final int EIGHT_BITS = 060;
  private static final int CONTROL_CHARACTERS = 17;
  private static final int VTIME = 5;
  private static final int VMIN = 6;

  /** A window's size in characters. */
  public record Size(int columns, int rows) {}

  /** A changed terminal; closing puts it back as it was. */
  @FunctionalInterface
  public interface Mode extends AutoCloseable {
    @Override
    void close();
  }

  /** Whether there is a terminal behind the descriptor at all. */
  public boolean exists() {
    try (Arena arena = Arena.ofConfined()) {
      return Syscall.IOCTL.call(number, TCGETS, arena.allocate(STRUCT_BYTES, 8).address()) == 0;
    }
  }

  /** How big it is; a serial line has no size. */
  public Optional<Size> size() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment window = arena.allocate(STRUCT_BYTES, 8);
      if (Syscall.IOCTL.call(number, TIOCGWINSZ, window.address()) != 0) {
        return Optional.empty();
      }
      Size size =
          new Size(
              Short.toUnsignedInt(window.get(ValueLayout.JAVA_SHORT, 2)),
              Short.toUnsignedInt(window.get(ValueLayout.JAVA_SHORT, 0)));
      return size.columns() > 0 && size.rows() > 0 ? Optional.of(size) : Optional.empty();
    }
  }

  /** Every key goes through as it is: no echo, no lines, no ^C. */
  public Mode raw() {
    byte[] before = attributes();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment changed = arena.allocate(STRUCT_BYTES, 8);
      MemorySegment.copy(before, 0, changed, ValueLayout.JAVA_BYTE, 0, before.length);
      changed.set(Libc.INT, 0, changed.get(Libc.INT, 0) & ~INPUT_OFF);
      changed.set(Libc.INT, 4, changed.get(Libc.INT, 4) & ~OUTPUT_OFF);
      changed.set(Libc.INT, 8, (changed.get(Libc.INT, 8) & ~SIZE_OR_PARITY) | EIGHT_BITS);
      changed.set(Libc.INT, 12, changed.get(Libc.INT, 12) & ~LOCAL_OFF);
      changed.set(ValueLayout.JAVA_BYTE, CONTROL_CHARACTERS + VMIN, (byte) 1);
      changed.set(ValueLayout.JAVA_BYTE, CONTROL_CHARACTERS + VTIME, (byte) 0);
      apply(changed);
    }
    return () -> restore(before);
  }

  private byte[] attributes() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment now = arena.allocate(STRUCT_BYTES, 8);
      Syscall.IOCTL.orThrow("read the terminal's mode", number, TCGETS, now.address());
      return now.asSlice(0, TERMIOS_BYTES).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private void restore(byte[] attributes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment old = arena.allocate(STRUCT_BYTES, 8);
      MemorySegment.copy(attributes, 0, old, ValueLayout.JAVA_BYTE, 0, attributes.length);
      apply(old);
    }
  }

  private void apply(MemorySegment termios) {
    Syscall.IOCTL.orThrow("set the terminal's mode", number, TCSETSW, termios.address());
  }
}
