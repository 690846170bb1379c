package dev.barevirt.launcher.rpc;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherCommand.OpenStream;
import dev.barevirt.launcher.console.SerialLog;
import dev.barevirt.launcher.guest.GuestController;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.MachineStreams;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Turns connections into streams of a guest. */
public final class StreamOpener {
  private static final RawJson YES = Contract.json(new LauncherCommand.Done());
  private static final int PIECE = 16 * 1024;

  private final GuestController guest;
  private final Path serialLog;

  /**
   * An opener for one guest.
   *
   * @param serialLog where the console's log is, also when no guest runs
   */
  public StreamOpener(GuestController guest, Path serialLog) {
    this.guest = guest;
    this.serialLog = serialLog;
  }

  /** How the stream's other end is got, once it is known that there is something to open. */
  @FunctionalInterface
  interface Reader {
    ByteStream begin() throws InterruptedException;
  }

  /** Makes a stream of the connection that asks. */
  void open(WireRequest request, OpenStream asked) throws InterruptedException {
    open(asked, () -> request.openStream(YES));
  }

  void open(OpenStream asked, Reader reader) throws InterruptedException {
    switch (asked.stream()) {
      case CONSOLE -> {
        MachineStreams.Console console =
            streams("open the console")
                .console()
                .orElseThrow(() -> GuestException.notFound("the guest has no serial console"));
        console.join(reader.begin(), asked.replay(), asked.readOnly());
      }
      case VNC -> {
        ByteStream display =
            streams("open the display")
                .openDisplay()
                .orElseThrow(() -> GuestException.notFound("the guest has no display"));
        var closed = relay(reader, display);
        closed.whenComplete((_, _) -> display.close());
      }
      case SERIAL_LOG -> copyLog(reader);
    }
  }

  private MachineStreams streams(String what) {
    return guest.operations(what).streams();
  }

  private static CompletionStage<Void> relay(Reader reader, ByteStream display)
      throws InterruptedException {
    try {
      return reader.begin().relay(display);
    } catch (WireException gone) {
      display.close();
      throw gone;
    }
  }

  private void copyLog(Reader asking) throws InterruptedException {
    List<Path> files = SerialLog.filesOf(serialLog);
    if (files.isEmpty()) {
      throw GuestException.notFound("the guest has written nothing to a serial console");
    }
    ByteStream reader = asking.begin();
    try {
      for (Path file : files) {
        copy(file, reader);
      }
    } catch (IOException | WireException.Disconnected gone) {
      reader.close(); // rotated away under our hands, or nobody reads any more
      return;
    }
    reader.finish();
  }

  private static void copy(Path file, ByteStream to) throws IOException, InterruptedException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] piece = new byte[PIECE];
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        to.write(piece, 0, length);
      }
    }
  }
}
