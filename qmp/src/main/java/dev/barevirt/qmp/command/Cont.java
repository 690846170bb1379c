package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/** Lets the virtual CPUs run. */
public record Cont() implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "cont";
  }
}
