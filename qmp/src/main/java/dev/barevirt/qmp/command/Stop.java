package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/** Stops the virtual CPUs. */
public record Stop() implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "stop";
  }
}
