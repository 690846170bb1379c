package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Ends a block job; a mirror that is in step ends well.
 *
 * @param device the job's id
 * @param force whether even then it counts as cancelled
 */
public record BlockJobCancel(String device, @Nullable Boolean force) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-job-cancel";
  }
}
