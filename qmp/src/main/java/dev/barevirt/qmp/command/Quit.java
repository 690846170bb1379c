package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/** Ends QEMU. The reply may never come: the end of the connection is as good. */
public record Quit() implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "quit";
  }
}
