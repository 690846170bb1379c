package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/**
 * Lists the properties a device takes.
 *
 * @param typename the device's driver
 */
public record DeviceListProperties(String typename) implements QmpCommand.Query<List<Property>> {
  @Override
  public String wireName() {
    return "device-list-properties";
  }

  @Override
  public ReplyType<List<Property>> replyType() {
    return ReplyType.listOf(Property.class);
  }
}
