package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Limits a block job.
 *
 * @param device the job's id
 * @param speed bytes a second, 0 for no limit
 */
public record BlockJobSetSpeed(String device, long speed) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-job-set-speed";
  }
}
