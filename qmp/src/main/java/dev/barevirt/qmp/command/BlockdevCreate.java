package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;

/**
 * Formats an image as a job.
 *
 * @param jobId the job's id
 * @param options the image's {@code driver} and options
 */
public record BlockdevCreate(String jobId, Json options) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "blockdev-create";
  }
}
