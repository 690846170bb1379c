package dev.barevirt.control.subresource;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.rules.Violation;
import dev.barevirt.api.yaml.YamlReader;
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

  /** For the end of an evacuation. */
  record EvacuateCancel(@Nullable String evacuationNodeName, List<String> dryRun)
      implements Options {
    public EvacuateCancel {
      dryRun = Frozen.list(dryRun);
    }
  }

  /** For a freeze, which cannot be tried only. */
  record Freeze(@Nullable String unfreezeTimeout) implements Options {
    @Override
    public List<String> dryRun() {
      return List.of();
    }
  }

  /** For everything else. */
  record Plain(List<String> dryRun) implements Options {
    public Plain {
      dryRun = Frozen.list(dryRun);
    }
  }

  /** Reads what a client sent, JSON or YAML; nothing sent means nothing said. */
  static <T extends Record & Options> T read(Class<T> type, Payload body) {
    Reading<T> reading =
        switch (tree(body)) {
          case Reading.Accepted<Tree>(Tree tree) -> RecordReader.LENIENT.read(type, tree);
          case Reading.Refused<Tree>(List<Violation> violations) ->
              new Reading.Refused<>(violations);
        };
    return switch (reading) {
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

  /** A body's one document, whatever its client calls it; an empty object when there is none. */
  static Reading<Tree> tree(Payload body) {
    if (body.text().stripLeading().startsWith("{")) {
      return RecordReader.LENIENT.readTree(body.text());
    }
    return switch (YamlReader.documents(body.text())) {
      case Reading.Accepted<List<Tree>>(List<Tree> documents) ->
          documents.isEmpty()
              ? RecordReader.LENIENT.readTree("{}")
              : new Reading.Accepted<>(documents.getFirst());
      case Reading.Refused<List<Tree>>(List<Violation> violations) ->
          new Reading.Refused<>(violations);
    };
  }
}
