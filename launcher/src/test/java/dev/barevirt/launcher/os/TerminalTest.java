package dev.barevirt.launcher.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private static final long TIOCSWINSZ = 0x5414;
  private static final long TIOCSPTLCK = 0x40045431L;
  private static final long TIOCGPTPEER = 0x5441;

  @Test
  void aPipeIsNoTerminal() {
    try (Pipe pipe = Pipe.open()) {
      Terminal none = new Terminal(pipe.reader().number());

      assertThat(none.exists()).isFalse();
      assertThat(none.size()).isEmpty();
      assertThatThrownBy(none::raw).hasMessage("cannot read the terminal's mode: not a terminal");
    }
  }

  @Test
  void rawModeIsPutBack() {
    try (OwnedFd master = OpenFile.open(Path.of("/dev/ptmx"), Set.of(OpenFlag.READ_WRITE));
        OwnedFd peer = peerOf(master)) {
      Terminal terminal = new Terminal(master.number());
      assertThat(terminal.exists()).isTrue();
      assertThat(echoOf("x\n", master)).isEqualTo("x\r\n");
      assertThat(RawBytes.read(peer, 10)).hasSize(2);

      try (Terminal.Mode raw = terminal.raw()) {
        assertThat(raw).isNotNull();
        RawBytes.write(master, bytes("y"));
        // Without lines the key arrives alone; once it is here, its echo would be there too.
        assertThat(RawBytes.read(peer, 10)).isEqualTo(bytes("y"));
      }

      assertThat(echoOf("x\n", master)).as("y was not echoed, x is again").isEqualTo("x\r\n");
    }
  }

  @Test
  void aWindowHasASize() {
    try (OwnedFd master = OpenFile.open(Path.of("/dev/ptmx"), Set.of(OpenFlag.READ_WRITE));
        Arena arena = Arena.ofConfined()) {
      Terminal terminal = new Terminal(master.number());
      assertThat(terminal.size()).isEmpty();
      MemorySegment size =
          arena.allocateFrom(ValueLayout.JAVA_SHORT, (short) 40, (short) 132, (short) 0, (short) 0);
      Syscall.IOCTL.orThrow("set a size", master.number(), TIOCSWINSZ, size.address());

      assertThat(terminal.size()).contains(new Terminal.Size(132, 40));
    }
  }

  /** The other end of the pseudo-terminal, where a program would read the keys. */
  private static OwnedFd peerOf(OwnedFd master) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment unlocked = arena.allocate(ValueLayout.JAVA_INT);
      Syscall.IOCTL.orThrow("unlock", master.number(), TIOCSPTLCK, unlocked.address());
      int noControllingTerminal = 0400;
      int readWrite = 2;
      return OwnedFd.of(
          (int)
              Syscall.IOCTL.orThrow(
                  "open the peer",
                  master.number(),
                  TIOCGPTPEER,
                  readWrite | noControllingTerminal));
    }
  }

  /** What comes back for these keys, however many pieces the kernel gives it in. */
  private static String echoOf(String keys, OwnedFd master) {
    RawBytes.write(master, bytes(keys));
    StringBuilder echo = new StringBuilder();
    while (echo.length() < keys.length() + 1) { // the line feed comes back as two
      echo.append(new String(RawBytes.read(master, 100), StandardCharsets.UTF_8));
    }
    return echo.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
