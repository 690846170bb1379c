package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.LauncherCommand.OpenStream;
import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.term.Console;
import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.qmp.wire.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "logs",
    description =
        "Prints what the guest wrote to its serial line, what QEMU complained about, or what the"
            + " launcher logged.",
    footer = {
      "  launcher logs web",
      "  launcher logs web qemu",
      "  launcher logs web --tail 20",
      "  launcher logs web -f"
    })
final class LogsCommand implements Action {
  /** Which log. */
  enum Source {
    SERIAL,
    QEMU,
    LAUNCHER
  }

  private static final int BLOCK = 8192;

  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "serial|qemu|launcher",
      description = "Which log (default: serial)")
  Source source = Source.SERIAL;

  @Option(names = "--tail", paramLabel = "N", description = "Only the last N lines")
  @Nullable Integer tail;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with the serial line until the machine ends")
  boolean follow;

  LogsCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    if (follow && (source != Source.SERIAL || tail != null)) {
      throw CliFailure.usage("--follow goes with the serial log, whole");
    }
    Machines machines = session.machines();
    MachineStatus machine = machines.status(name);
    if (follow && machine.active()) {
      try (Resident resident = machines.dial(machine);
          ByteStream stream =
              resident.open(new OpenStream(OpenStream.Stream.CONSOLE, true, true))) {
        new Console(InputStream.nullInputStream(), session.out().bytes(), false, null)
            .attach(stream);
      }
      return DONE;
    }
    if (source == Source.SERIAL && !isKept(machine)) {
      session
          .out()
          .note(
              "what '"
                  + name
                  + "' writes to its serial line is not kept: logSerialConsole is false");
      return DONE;
    }
    print(file(machine.directory()));
    return DONE;
  }

  private static boolean isKept(MachineStatus machine) {
    return !Boolean.FALSE.equals(machine.vmi().spec().domain().devices().logSerialConsole());
  }

  private Path file(MachineDirectory directory) {
    return switch (source) {
      case SERIAL -> directory.serialLog();
      case QEMU -> directory.qemuLog();
      case LAUNCHER -> directory.launcherLog();
    };
  }

  private void print(Path log) {
    OutputStream out = session.out().bytes();
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(tail == null ? 0 : startOfTail(file, tail));
      Channels.newInputStream(file.getChannel()).transferTo(out);
      out.flush();
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      if (Files.exists(log)) {
        throw new UncheckedIOException("cannot read " + log, e);
      }
      session.out().note("nothing was logged yet");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log, e);
    }
  }

  /**
   * Where the last lines begin: read from the end, so that a long log costs no more than a short
   * one.
   */
  private static long startOfTail(RandomAccessFile file, int lines) throws IOException {
    long position = file.length();
    int found = 0;
    byte[] block = new byte[BLOCK];
    long end = position;
    while (position > 0) {
      int length = (int) Math.min(BLOCK, position);
      position -= length;
      file.seek(position);
      file.readFully(block, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        boolean lineEnd = block[i] == '\n' && position + i < end - 1;
        found += lineEnd ? 1 : 0;
        if (found == lines) {
          return position + i + 1;
        }
      }
    }
    return 0;
  }
}
