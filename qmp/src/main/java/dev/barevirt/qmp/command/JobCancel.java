package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Cancels a job.
 *
 * @param id its id
 */
public record JobCancel(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "job-cancel";
  }
}
