package dev.barevirt.control.subresource;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.control.http.Payload;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What clients say beside the path. */
sealed interface Options {
  /** Whether it is to be done; everything else than nothing means that it is not. */
  List<String> dryRun();

  default Machines.Run run() {
    return dryRun().isEmpty() ? Machines.Run.REAL : Machines.Run.DRY;
  }

  /** For a start. */
  record Start(boolean paused, List<String> dryRun) implements Options {
    public Start {
      dryRun = Frozen.list(dryRun);
    }
  }

  /** For a stop. */
  record Stop(@Nullable Long gracePeriod, List<String> dryRun) implements Options {
    public Stop {
      dryRun = Frozen.list(dryRun);
    }
  }

  /** For a restart. */
  record Restart(@Nullable Long gracePeriodSeconds, List<String> dryRun) implements Options {
    public Restart {
      dryRun = Frozen.list(dryRun);
    }
  }

  /** For everything else. */
  record Plain(List<String> dryRun) implements Options {
    public Plain {
      dryRun = Frozen.list(dryRun);
    }
  }

  /** Reads what a client sent, whatever it calls it; nothing sent means nothing said. */
  static <T extends Record & Options> T read(Class<T> type, Payload body) {
    byte[] json = body.isBlank() ? Payload.of("{}").bytes() : body.bytes();
    return switch (RecordReader.LENIENT.read(type, json)) {
      case Reading.Accepted<T>(T options) -> options;
      case Reading.Refused<T>(List<Violation> violations) ->
          throw Refusal.badRequest(
                  "Can not unmarshal Request body to struct, error: "
                      + violations.stream()
                          .map(Violation::sentence)
                          .collect(Collectors.joining("; ")))
              .exception();
    };
  }
}
