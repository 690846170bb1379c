package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Forgets a concluded job.
 *
 * @param id its id
 */
public record JobDismiss(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "job-dismiss";
  }
}
