package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.Json;

/**
 * Creates a character device.
 *
 * @param id its id
 * @param backend its {@code type} and {@code data}
 */
public record ChardevAdd(String id, Json backend) implements QmpCommand<ChardevAdd.Added> {
  @Override
  public String wireName() {
    return "chardev-add";
  }

  @Override
  public ReplyType<ChardevAdd.Added> replyType() {
    return ReplyType.of(Added.class);
  }

  /**
   * What was created.
   *
   * @param pty the terminal, where it is one
   */
  public record Added(String pty) {}
}
