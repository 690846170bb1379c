package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/**
 * Lists an object's properties and children.
 *
 * @param path the object
 */
public record QomList(String path) implements QmpCommand.Query<List<Property>> {
  @Override
  public String wireName() {
    return "qom-list";
  }

  @Override
  public ReplyType<List<Property>> replyType() {
    return ReplyType.listOf(Property.class);
  }
}
