package dev.barevirt.api.yaml;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.rules.Violation;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML, JSON included, as kubectl does; every finding has its path, line and column.
 *
 * <p>Keys written twice, unknown tags, too much of anything and what is no YAML are refused; no
 * text whatever makes it throw.
 */
public final class YamlReader {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setLabel("document")
          .setCodePointLimit((int) RecordReader.LARGEST)
          .setUseMarks(true)
          .build();

  private YamlReader() {}

  /** The documents of a text without the empty ones. */
  public static Reading<List<Tree>> documents(String yaml) {
    if (yaml.length() > RecordReader.LARGEST) {
      return refused("the document has more than " + RecordReader.LARGEST + " characters");
    }
    List<Violation> problems = new ArrayList<>();
    try {
      List<Tree> documents =
          new TreeBuilder(new Parse(SETTINGS).parseString(yaml).iterator(), problems)
              .documents().stream().filter(tree -> !(tree instanceof Tree.Nothing)).toList();
      return problems.isEmpty()
          ? new Reading.Accepted<>(documents)
          : new Reading.Refused<>(problems);
    } catch (UnusableYaml e) {
      return refused(String.valueOf(e.getMessage()));
    } catch (MarkedYamlEngineException e) {
      String where = e.getProblemMark().map(mark -> TreeBuilder.location(mark).suffix()).orElse("");
      return refused("not YAML: " + e.getProblem() + where);
    } catch (YamlEngineException e) {
      return refused("not YAML: " + e.getMessage());
    }
  }

  /** The one document of a text as a record; fields the record does not know are refused. */
  public static <T extends Record> Reading<T> read(Class<T> type, String yaml) {
    return switch (documents(yaml)) {
      case Reading.Refused<List<Tree>>(List<Violation> violations) ->
          new Reading.Refused<>(violations);
      case Reading.Accepted<List<Tree>>(List<Tree> documents) when documents.isEmpty() ->
          refused("the document is empty");
      case Reading.Accepted<List<Tree>>(List<Tree> documents) when documents.size() > 1 ->
          refused("there are " + documents.size() + " documents, one is expected");
      case Reading.Accepted<List<Tree>>(List<Tree> documents) ->
          RecordReader.STRICT.read(type, documents.getFirst());
    };
  }

  private static <T> Reading<T> refused(String message) {
    return new Reading.Refused<>(List.of(Violation.invalid(FieldPath.ROOT, message)));
  }
}
