package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;

/**
 * Creates an object, such as a secret, an I/O thread or a memory backend.
 *
 * @param object its {@code qom-type}, {@code id} and properties
 */
public record ObjectAdd(Json object) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "object-add";
  }

  @Override
  public Json arguments() {
    return object;
  }

  @Override
  public boolean secret() {
    return object.at("qom-type").text().startsWith("secret");
  }
}
