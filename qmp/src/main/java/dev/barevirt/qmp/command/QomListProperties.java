package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/**
 * Lists the properties of a type.
 *
 * @param typename the type
 */
public record QomListProperties(String typename) implements QmpCommand.Query<List<Property>> {
  @Override
  public String wireName() {
    return "qom-list-properties";
  }

  @Override
  public ReplyType<List<Property>> replyType() {
    return ReplyType.listOf(Property.class);
  }
}
