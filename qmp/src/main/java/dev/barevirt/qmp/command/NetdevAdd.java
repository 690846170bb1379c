package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;

/**
 * Creates a network backend.
 *
 * @param netdev its {@code type}, {@code id} and options
 */
public record NetdevAdd(Json netdev) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "netdev_add";
  }

  @Override
  public Json arguments() {
    return netdev;
  }
}
