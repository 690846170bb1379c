package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Lets a pending job make its changes.
 *
 * @param id its id
 */
public record JobFinalize(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "job-finalize";
  }
}
