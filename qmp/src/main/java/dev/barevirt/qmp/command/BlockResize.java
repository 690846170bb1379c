package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;

/**
 * Resizes an image and tells the guest.
 *
 * @param nodeName the node
 * @param size bytes
 */
public record BlockResize(String nodeName, long size) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block_resize";
  }

  @Override
  public Json arguments() {
    return Json.object().with("node-name", nodeName).with("size", size).build();
  }
}
