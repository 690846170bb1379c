package dev.barevirt.launcher.rpc;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.qmp.wire.RawJson;
import java.util.stream.Collectors;

/** The contract's records and the bytes of the envelope. */
final class Contract {
  private Contract() {}

  /** The command of that name with those arguments. */
  static LauncherCommand<?> command(String name, RawJson arguments) {
    Class<? extends Record> kind =
        LauncherCommand.named(name)
            .map(found -> found.asSubclass(Record.class))
            .orElseThrow(
                () ->
                    new GuestException(
                        LauncherFault.BAD_REQUEST,
                        "there is no command " + name.replaceAll("\\p{Cntrl}", "?")));
    Reading<? extends Record> reading = RecordReader.LENIENT.read(kind, arguments.bytes());
    return switch (reading) {
      case Reading.Accepted<? extends Record> accepted -> (LauncherCommand<?>) accepted.value();
      case Reading.Refused<? extends Record> refused ->
          throw new GuestException(
              LauncherFault.BAD_REQUEST,
              name
                  + ": "
                  + refused.violations().stream()
                      .map(Violation::sentence)
                      .collect(Collectors.joining("; ")));
    };
  }

  /** A record as JSON. */
  static RawJson json(Record value) {
    return RawJson.of(RecordWriter.toJson(value));
  }
}
