package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/** Runs the machine on the target, which fetches what is missing. */
public record MigrateStartPostcopy() implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "migrate-start-postcopy";
  }
}
