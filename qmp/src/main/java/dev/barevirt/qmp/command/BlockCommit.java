package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Merges images of a backing chain downwards, as a job.
 *
 * @param jobId the job's id
 * @param device the chain's top
 * @param baseNode the image to merge into
 * @param topNode the highest one to merge
 * @param backingFile what the image above then names as its backing file
 * @param speed bytes a second at most
 * @param onError on a failed transfer
 * @param autoFinalize whether it completes by itself, QEMU's default
 * @param autoDismiss whether it vanishes by itself, QEMU's default
 */
public record BlockCommit(
    @Nullable String jobId,
    String device,
    @Nullable String baseNode,
    @Nullable String topNode,
    @Nullable String backingFile,
    @Nullable Long speed,
    @Nullable OnError onError,
    @Nullable Boolean autoFinalize,
    @Nullable Boolean autoDismiss)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-commit";
  }
}
