package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Copies a node as it is now to another, as a job.
 *
 * @param jobId the job's id
 * @param device the source node
 * @param target the target node
 * @param sync what to copy
 * @param speed bytes a second at most
 * @param bitmap the bitmap that says what has changed
 * @param bitmapMode when that is cleared: on-success, never or always
 * @param compress whether the target is compressed
 * @param onSourceError on a failed read
 * @param onTargetError on a failed write
 * @param autoFinalize whether it completes by itself, QEMU's default
 * @param autoDismiss whether it vanishes by itself, QEMU's default
 */
public record BlockdevBackup(
    @Nullable String jobId,
    String device,
    String target,
    MirrorSync sync,
    @Nullable Long speed,
    @Nullable String bitmap,
    @Nullable String bitmapMode,
    @Nullable Boolean compress,
    @Nullable OnError onSourceError,
    @Nullable OnError onTargetError,
    @Nullable Boolean autoFinalize,
    @Nullable Boolean autoDismiss)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "blockdev-backup";
  }
}
