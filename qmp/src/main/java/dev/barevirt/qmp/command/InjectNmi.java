package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/** Sends a non-maskable interrupt to all CPUs. */
public record InjectNmi() implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "inject-nmi";
  }
}
