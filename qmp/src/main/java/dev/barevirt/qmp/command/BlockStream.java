package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Copies what lies in backing images up into a node, as a job.
 *
 * @param jobId the job's id
 * @param device the node
 * @param baseNode the image to stop at
 * @param backingFile what the node then names as its backing file
 * @param speed bytes a second at most
 * @param onError on a failed transfer
 * @param autoFinalize whether it completes by itself, QEMU's default
 * @param autoDismiss whether it vanishes by itself, QEMU's default
 */
public record BlockStream(
    @Nullable String jobId,
    String device,
    @Nullable String baseNode,
    @Nullable String backingFile,
    @Nullable Long speed,
    @Nullable OnError onError,
    @Nullable Boolean autoFinalize,
    @Nullable Boolean autoDismiss)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-stream";
  }
}
