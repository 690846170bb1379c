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
    try (OwnedFd master = OpenFile.open(Path.of("/dev/ptmx"), Set.of(OpenFlag.READ_WRITE))) {
      Terminal terminal = new Terminal(master.number());
      assertThat(terminal.exists()).isTrue();
      assertThat(echo(master)).isEqualTo("x\r\n");

      Terminal.Mode raw = terminal.raw();
      RawBytes.write(master, "y".getBytes(StandardCharsets.UTF_8));
      raw.close();

      assertThat(echo(master)).as("y was not echoed, x is again").isEqualTo("x\r\n");
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

  private static String echo(OwnedFd master) {
    RawBytes.write(master, "x\n".getBytes(StandardCharsets.UTF_8));
    return new String(RawBytes.read(master, 100), StandardCharsets.UTF_8);
  }
}
