package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Copies a node to another and keeps them in step, as a job.
 *
 * @param jobId the job's id
 * @param device the source node
 * @param target the target node
 * @param sync what to copy
 * @param speed bytes a second at most
 * @param onSourceError on a failed read
 * @param onTargetError on a failed write
 * @param copyMode background or write-blocking
 * @param autoFinalize whether it completes by itself, QEMU's default
 * @param autoDismiss whether it vanishes by itself, QEMU's default
 */
public record BlockdevMirror(
    @Nullable String jobId,
    String device,
    String target,
    MirrorSync sync,
    @Nullable Long speed,
    @Nullable OnError onSourceError,
    @Nullable OnError onTargetError,
    @Nullable String copyMode,
    @Nullable Boolean autoFinalize,
    @Nullable Boolean autoDismiss)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "blockdev-mirror";
  }
}
