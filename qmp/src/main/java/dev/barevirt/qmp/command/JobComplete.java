package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Completes a mirror that is in step.
 *
 * @param id its id
 */
public record JobComplete(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "job-complete";
  }
}
