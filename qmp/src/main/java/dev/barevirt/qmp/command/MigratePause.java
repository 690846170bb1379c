package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/** Pauses a migration whose connection hangs, after it switched to postcopy. */
public record MigratePause() implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "migrate-pause";
  }
}
