package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.console.SerialLog;
import dev.barevirt.launcher.guest.MachineStreams;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireLoop;
import java.nio.file.Files;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The serial console, display and USB ports of a QEMU, over the sockets in its directory. */
final class QemuStreams implements MachineStreams, AutoCloseable {
  private static final long LOG_LIMIT = 8L << 20;
  private static final int USB_PORTS = 4;

  private final WireLoop loop;
  private final MachineDirectories directories;
  private final dev.barevirt.launcher.console.@Nullable Console console; // null without a port
  private final UsbPorts usb;

  private QemuStreams(
      WireLoop loop,
      MachineDirectories directories,
      dev.barevirt.launcher.console.@Nullable Console console) {
    this.loop = loop;
    this.directories = directories;
    this.console = console;
    this.usb =
        new UsbPorts(
            loop, IntStream.range(0, USB_PORTS).mapToObj(directories::usbRedirection).toList());
  }

  /**
   * Takes the serial port over before the guest writes to it.
   *
   * @param logged whether what it writes is kept
   */
  static QemuStreams open(WireLoop loop, MachineDirectories directories, boolean logged) {
    if (!Files.exists(directories.serial())) {
      return new QemuStreams(loop, directories, null);
    }
    ByteStream port = ByteStream.connect(loop, directories.serial());
    SerialLog log = logged ? SerialLog.open(directories.machine().serialLog(), LOG_LIMIT) : null;
    return new QemuStreams(
        loop, directories, dev.barevirt.launcher.console.Console.attach(port, log));
  }

  @Override
  public Optional<Console> console() {
    return Optional.ofNullable(console);
  }

  @Override
  public Optional<ByteStream> openDisplay() {
    if (!Files.exists(directories.display())) {
      return Optional.empty();
    }
    try {
      return Optional.of(ByteStream.connect(loop, directories.display()));
    } catch (WireException.Unreachable _) {
      return Optional.empty(); // QEMU ends at this moment
    }
  }

  @Override
  public Optional<ByteStream> openUsbPort() {
    return usb.open();
  }

  @Override
  public void close() {
    if (console != null) {
      console.close();
    }
  }
}
