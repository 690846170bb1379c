package dev.barevirt.launcher.qemu;

import dev.barevirt.qmp.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * QEMU's description of its own protocol, asked for members by name. The names of types are masked
 * there, so every question starts at a command.
 */
final class QmpSchema {
  private final Map<String, Json> entries = new LinkedHashMap<>();

  /** From what {@code query-qmp-schema} returned. */
  QmpSchema(Json reply) {
    reply.elements().forEach(entry -> entries.put(entry.at("name").text(), entry));
  }

  /** Whether the command is there. */
  boolean hasCommand(String command) {
    return command(command).isPresent();
  }

  /** Whether one of the kinds that the command's argument distinguishes has that name. */
  boolean hasVariant(String command, String variant) {
    return variant(command, variant).isPresent();
  }

  /** Whether the command's argument, of that kind, has a member of that name. */
  boolean variantHasMember(String command, String variant, String member) {
    return variant(command, variant).filter(type -> hasMember(type, member)).isPresent();
  }

  private Optional<Json> command(String name) {
    return Optional.ofNullable(entries.get(name))
        .filter(entry -> entry.at("meta-type").text().equals("command"));
  }

  private Optional<Json> variant(String command, String variant) {
    return command(command)
        .flatMap(entry -> type(entry.at("arg-type").text()))
        .flatMap(
            argument ->
                argument.at("variants").elements().stream()
                    .filter(one -> one.at("case").text().equals(variant))
                    .findFirst())
        .flatMap(one -> type(one.at("type").text()));
  }

  private Optional<Json> type(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  private static boolean hasMember(Json type, String member) {
    return type.at("members").elements().stream()
        .anyMatch(one -> one.at("name").text().equals(member));
  }
}
