package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.WireEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The contract with the resident launcher as bytes: on its socket and in the files of a machine.
 */
public final class Contract {
  private static final long LARGEST_FILE = 4L << 20;

  private Contract() {}

  /** A record as maps, lists and scalars, for printing. */
  public static Map<String, Object> tree(Record value) {
    return RecordWriter.plain(value);
  }

  /** A record as one JSON document. */
  static byte[] bytes(Record value) {
    return RecordWriter.toPrettyJson(value).getBytes(StandardCharsets.UTF_8);
  }

  static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static RawJson arguments(LauncherCommand<?> command) {
    return RawJson.of(RecordWriter.toJson((Record) command));
  }

  static <R extends Record> R reply(LauncherCommand<R> command, RawJson json) {
    return RecordReader.LENIENT.read(command.replyType(), json.bytes()).orThrow();
  }

  /** The event, unless it is one that this version does not know. */
  static Optional<LauncherEvent> event(WireEvent event) {
    byte[] data = event.data().bytes();
    return switch (event.name()) {
      case LauncherEvent.ReportChanged.NAME ->
          Optional.of(RecordReader.LENIENT.read(LauncherEvent.ReportChanged.class, data).orThrow());
      case LauncherEvent.Happened.NAME ->
          Optional.of(RecordReader.LENIENT.read(LauncherEvent.Happened.class, data).orThrow());
      default -> Optional.empty();
    };
  }

  /** One line of a machine's list of events, unless it is none. */
  public static Optional<LauncherEvent.Happened> readEvent(String line) {
    return switch (RecordReader.LENIENT.read(LauncherEvent.Happened.class, line)) {
      case Reading.Accepted<LauncherEvent.Happened>(var event) -> Optional.of(event);
      case Reading.Refused<LauncherEvent.Happened> _ -> Optional.empty();
    };
  }

  /** The machine in a file, if it is there and readable. */
  public static Optional<VirtualMachineInstance> readVmi(Path file) {
    return read(VirtualMachineInstance.class, file);
  }

  /** The report in a file, if it is there and readable. */
  public static Optional<GuestReport> readReport(Path file) {
    return read(GuestReport.class, file);
  }

  private static <R extends Record> Optional<R> read(Class<R> type, Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        return Optional.empty();
      }
      return switch (RecordReader.LENIENT.read(type, Files.readAllBytes(file))) {
        case Reading.Accepted<R>(R value) -> Optional.of(value);
        case Reading.Refused<R> _ -> Optional.empty(); // half written before a power cut
      };
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
