package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Lets a paused job go on.
 *
 * @param id its id
 */
public record JobResume(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "job-resume";
  }
}
