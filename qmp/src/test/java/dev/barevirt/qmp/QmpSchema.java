package dev.barevirt.qmp;

import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.RawJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** What one QEMU says of its monitor: a stored answer to {@code query-qmp-schema}. */
final class QmpSchema {
  private final String version;
  private final Map<String, Json> entities = new HashMap<>();

  /** A member of an object type. */
  record Member(String name, Type type, boolean optional) {}

  /** A type, looked into when asked. */
  record Type(QmpSchema schema, Json entity) {
    String kind() {
      return entity.at("meta-type").text();
    }

    /** The JSON type of a builtin. */
    String builtin() {
      return entity.at("json-type").text();
    }

    Type element() {
      return schema.type(entity.at("element-type").text());
    }

    Set<String> enumValues() {
      return entity.at("members").elements().stream()
          .map(member -> member.at("name").text())
          .collect(Collectors.toSet());
    }

    /** The types that an alternate may have. */
    List<Type> alternatives() {
      return entity.at("members").elements().stream()
          .map(m -> schema.type(m.at("type").text()))
          .toList();
    }

    /** The member that chooses the variant; "" when there are none. */
    String tag() {
      return entity.at("tag").isPresent() ? entity.at("tag").text() : "";
    }

    /** The variant that a value of the tag chooses. */
    Optional<Type> variant(String value) {
      return entity.at("variants").elements().stream()
          .filter(variant -> variant.at("case").text().equals(value))
          .map(variant -> schema.type(variant.at("type").text()))
          .findFirst();
    }

    /** The members that every variant has. */
    List<Member> ownMembers() {
      return entity.at("members").elements().stream()
          .map(
              m ->
                  new Member(
                      m.at("name").text(),
                      schema.type(m.at("type").text()),
                      m.at("default").isPresent()))
          .toList();
    }

    /** All members, of every variant. */
    Map<String, Member> members() {
      Map<String, Member> members = new LinkedHashMap<>();
      ownMembers().forEach(member -> members.put(member.name(), member));
      for (Json variant : entity.at("variants").elements()) {
        schema
            .type(variant.at("type").text())
            .members()
            .forEach((k, m) -> members.putIfAbsent(k, new Member(k, m.type(), true)));
      }
      return members;
    }
  }

  private QmpSchema(String version, Json dump) {
    this.version = version;
    for (Json entity : dump.elements()) {
      entities.put(entity.at("meta-type").text() + ":" + entity.at("name").text(), entity);
    }
  }

  static List<QmpSchema> all() {
    return List.of(load("7.2"), load("10.0"));
  }

  private static QmpSchema load(String version) {
    try (InputStream in =
        Objects.requireNonNull(
            QmpSchema.class.getResourceAsStream("/schema/qemu-" + version + ".json.gz"))) {
      byte[] dump = new GZIPInputStream(in).readAllBytes();
      return new QmpSchema(version, RawJson.of(dump).tree());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a QEMU that runs says of itself. */
  static QmpSchema of(Json dump) {
    return new QmpSchema("live", dump);
  }

  String version() {
    return version;
  }

  Set<String> events() {
    return entities.keySet().stream()
        .filter(k -> k.startsWith("event:"))
        .map(k -> k.substring("event:".length()))
        .collect(Collectors.toSet());
  }

  Optional<Type> arguments(String command) {
    return part("command:" + command, "arg-type");
  }

  Optional<Type> returned(String command) {
    return part("command:" + command, "ret-type");
  }

  Optional<Type> data(String event) {
    return part("event:" + event, "arg-type");
  }

  private Optional<Type> part(String key, String part) {
    return Optional.ofNullable(entities.get(key)).map(e -> type(e.at(part).text()));
  }

  private Type type(String name) {
    for (String kind : List.of("builtin", "enum", "array", "object", "alternate")) {
      Json entity = entities.get(kind + ":" + name);
      if (entity != null) {
        return new Type(this, entity);
      }
    }
    throw new IllegalStateException("no type " + name + " in the schema of " + version);
  }
}
