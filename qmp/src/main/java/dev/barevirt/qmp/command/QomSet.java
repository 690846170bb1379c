package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;

/**
 * Sets an object's property.
 *
 * @param path the object
 * @param property the property
 * @param value its new value
 */
public record QomSet(String path, String property, Json value) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "qom-set";
  }
}
