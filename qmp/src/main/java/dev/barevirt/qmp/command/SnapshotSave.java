package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import java.util.List;

/**
 * Saves the machine's state and its disks inside their images, as a job.
 *
 * @param jobId the job's id
 * @param tag the snapshot's name
 * @param vmstate the node that takes the state
 * @param devices the nodes to snapshot
 */
public record SnapshotSave(String jobId, String tag, String vmstate, List<String> devices)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "snapshot-save";
  }
}
