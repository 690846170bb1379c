package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import java.util.List;

/**
 * Goes back to a saved state, as a job.
 *
 * @param jobId the job's id
 * @param tag the snapshot's name
 * @param vmstate the node that has the state
 * @param devices the nodes to take back
 */
public record SnapshotLoad(String jobId, String tag, String vmstate, List<String> devices)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "snapshot-load";
  }
}
