package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/** Stops the NBD server and its exports. */
public record NbdServerStop() implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "nbd-server-stop";
  }
}
