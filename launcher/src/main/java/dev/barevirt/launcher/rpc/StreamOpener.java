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
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns connections into streams of a guest. */
public final class StreamOpener {
  private static final RawJson YES = Contract.json(new LauncherCommand.Done());
  private static final Logger LOG = LoggerFactory.getLogger(StreamOpener.class);
  private static final int PIECE = 16 * 1024;

  private final GuestController guest;
  private final Path serialLog;

  /**
   * An opener for one guest.
   *
   * @param serialLog where the console's log is, also when no guest runs; pictures are made beside
   *     it
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
        relay(reader, display);
      }
      case USB_REDIRECTION -> {
        ByteStream port =
            streams("lend a USB device")
                .openUsbPort()
                .orElseThrow(
                    () -> GuestException.notFound("the guest has no ports for USB devices"));
        relay(reader, port);
      }
      case SERIAL_LOG -> copyLog(reader);
      case SCREENSHOT -> copyScreenshot(reader);
    }
  }

  private MachineStreams streams(String what) {
    return guest.operations(what).streams();
  }

  private static void relay(Reader reader, ByteStream machine) throws InterruptedException {
    try {
      CompletionStage<Void> over = reader.begin().relay(machine);
      var _ = over.whenComplete((_, _) -> machine.close());
    } catch (WireException gone) {
      machine.close();
      throw gone;
    }
  }

  /** The picture is taken before anything is opened, so that its failure is the answer. */
  private void copyScreenshot(Reader asking) throws InterruptedException {
    Path picture = serialLog.resolveSibling("screenshot-" + UUID.randomUUID() + ".png");
    guest.operations("take a screenshot").screenshot(picture);
    try {
      ByteStream reader = asking.begin();
      copy(picture, reader);
      reader.finish();
    } catch (IOException unreadable) {
      throw GuestException.failed("cannot read the screenshot: " + unreadable.getMessage());
    } catch (WireException.Disconnected _) {
      LOG.debug("nobody waits for the screenshot any more");
    } finally {
      remove(picture);
    }
  }

  private static void remove(Path picture) {
    try {
      Files.deleteIfExists(picture);
    } catch (IOException stays) {
      LOG.warn("cannot remove a screenshot: {}", stays.getMessage());
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
