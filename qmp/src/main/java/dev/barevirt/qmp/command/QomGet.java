package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.Json;

/**
 * Reads an object's property.
 *
 * @param path the object
 * @param property the property
 */
public record QomGet(String path, String property) implements QmpCommand.Query<Json> {
  @Override
  public String wireName() {
    return "qom-get";
  }

  @Override
  public ReplyType<Json> replyType() {
    return ReplyType.json();
  }
}
