package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Pauses a job.
 *
 * @param id its id
 */
public record JobPause(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "job-pause";
  }
}
