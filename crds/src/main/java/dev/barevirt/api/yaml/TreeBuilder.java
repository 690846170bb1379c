package dev.barevirt.api.yaml;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.json.Location;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.rules.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Builds the trees of one YAML stream from its events.
 *
 * <p>Aliases share what they name, so they cost no memory; but everything that walks a tree walks
 * each mention, which is why mentions are counted against a cap.
 */
final class TreeBuilder {
  private static final int DEEPEST = 64;
  private static final int MOST_NODES = 200_000;
  private static final String MERGE = "<<";

  private final Iterator<Event> events;
  private final List<Violation> problems;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int nodes;

  /** A tree that can be mentioned again, and how many nodes that adds. */
  private record Anchored(Tree tree, int size) {}

  TreeBuilder(Iterator<Event> events, List<Violation> problems) {
    this.events = events;
    this.problems = problems;
  }

  /** All documents of the stream. */
  List<Tree> documents() {
    List<Tree> documents = new ArrayList<>();
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent node) {
        documents.add(tree(node, FieldPath.ROOT, 0));
        anchors.clear();
        nodes = 0;
      }
    }
    return documents;
  }

  private Tree tree(NodeEvent event, FieldPath path, int depth) {
    Location at = at(event);
    if (depth > DEEPEST) {
      throw new UnusableYaml(at, "nested deeper than " + DEEPEST);
    }
    if (event instanceof AliasEvent alias) {
      return mentioned(alias, at);
    }
    count(1, at);
    int before = nodes;
    Tree tree =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar, at);
          case SequenceStartEvent _ -> sequence(at, path, depth);
          case MappingStartEvent _ -> struct(at, path, depth);
          default -> throw new UnusableYaml(at, "unexpected " + event.getEventId());
        };
    event
        .getAnchor()
        .ifPresent(
            anchor -> anchors.put(anchor.getValue(), new Anchored(tree, nodes - before + 1)));
    checkTag(event, path, at);
    return tree;
  }

  private Tree mentioned(AliasEvent alias, Location at) {
    Anchored anchored = anchors.get(alias.getAlias().getValue());
    if (anchored == null) {
      throw new UnusableYaml(at, "no anchor is named " + alias.getAlias().getValue());
    }
    count(anchored.size(), at);
    return anchored.tree();
  }

  private void count(int more, Location at) {
    nodes += more;
    if (nodes > MOST_NODES) {
      throw new UnusableYaml(at, "more than " + MOST_NODES + " values");
    }
  }

  private static Tree scalar(ScalarEvent scalar, Location at) {
    boolean plain = scalar.isPlain() && scalar.getImplicit().canOmitTagInPlainScalar();
    return plain && !isTaggedAsText(scalar)
        ? PlainScalar.tree(scalar.getValue(), at)
        : new Tree.Text(scalar.getValue(), at);
  }

  private static boolean isTaggedAsText(ScalarEvent scalar) {
    return scalar.getTag().filter(tag -> tag.equals("!") || tag.endsWith(":str")).isPresent();
  }

  private void checkTag(NodeEvent event, FieldPath path, Location at) {
    var tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : ((CollectionStartEvent) event).getTag();
    tag.filter(name -> !name.equals("!") && !name.startsWith("tag:yaml.org,2002:"))
        .ifPresent(
            name ->
                problems.add(
                    Violation.invalid(path, "the tag " + name + " is not known" + at.suffix())));
  }

  private Tree sequence(Location at, FieldPath path, int depth) {
    List<Tree> elements = new ArrayList<>();
    while (events.next() instanceof NodeEvent element) {
      elements.add(tree(element, path.index(elements.size()), depth + 1));
    }
    return new Tree.Sequence(elements, at);
  }

  private Tree struct(Location at, FieldPath path, int depth) {
    Map<String, Tree> fields = new LinkedHashMap<>();
    List<Tree> merged = new ArrayList<>();
    while (events.next() instanceof NodeEvent key) {
      Location where = at(key);
      if (!(key instanceof ScalarEvent name)) {
        throw new UnusableYaml(where, "a key must be a text");
      }
      FieldPath place = path.key(name.getValue());
      Tree value = tree((NodeEvent) events.next(), place, depth + 1);
      if (name.isPlain() && name.getValue().equals(MERGE)) {
        merged.add(value);
      } else if (fields.put(name.getValue(), value) != null) {
        problems.add(Violation.duplicate(place, "is there twice" + where.suffix()));
      }
    }
    merged.forEach(tree -> merge(tree, fields, path));
    return new Tree.Struct(fields, at);
  }

  /** Adds the fields of another object that are not there yet. */
  private void merge(Tree from, Map<String, Tree> fields, FieldPath path) {
    switch (from) {
      case Tree.Struct(Map<String, Tree> more, Location _) -> more.forEach(fields::putIfAbsent);
      case Tree.Sequence(List<Tree> elements, Location _) ->
          elements.forEach(element -> merge(element, fields, path));
      case Tree.Text _, Tree.Numeral _, Tree.Truth _, Tree.Nothing _ ->
          problems.add(
              Violation.invalid(path, "only an object can be merged in" + from.at().suffix()));
    }
  }

  static Location at(Event event) {
    return event.getStartMark().map(TreeBuilder::location).orElse(Location.NOWHERE);
  }

  static Location location(Mark mark) {
    return new Location(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
