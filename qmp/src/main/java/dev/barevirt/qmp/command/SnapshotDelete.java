package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import java.util.List;

/**
 * Deletes a saved state, as a job.
 *
 * @param jobId the job's id
 * @param tag the snapshot's name
 * @param devices the nodes
 */
public record SnapshotDelete(String jobId, String tag, List<String> devices)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "snapshot-delete";
  }
}
