package dev.barevirt.api.condition;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** The one word that sums up a virtual machine; the first that is true is shown. */
public enum PrintableStatus {
  /** It is being deleted. */
  TERMINATING("Terminating"),
  /** It is on its way down. */
  STOPPING("Stopping"),
  /** It moves to another node. */
  MIGRATING("Migrating"),
  /** Its processors stand still. */
  PAUSED("Paused"),
  /** It runs. */
  RUNNING("Running"),
  /** It names a claim that does not exist. */
  ERROR_PVC_NOT_FOUND("ErrorPvcNotFound"),
  /** One of its data volumes failed. */
  DATA_VOLUME_ERROR("DataVolumeError"),
  /** No node takes it. */
  ERROR_UNSCHEDULABLE("ErrorUnschedulable"),
  /** Its volumes are being filled. */
  PROVISIONING("Provisioning"),
  /** Its volumes wait for somebody to use them. */
  WAITING_FOR_VOLUME_BINDING("WaitingForVolumeBinding"),
  /** An image could not be pulled. */
  ERR_IMAGE_PULL("ErrImagePull"),
  /** An image could not be pulled, and the next try waits. */
  IMAGE_PULL_BACK_OFF("ImagePullBackOff"),
  /** It is on its way up. */
  STARTING("Starting"),
  /** It fails again and again, and the next start waits. */
  CRASH_LOOP_BACK_OFF("CrashLoopBackOff"),
  /** It does not run. */
  STOPPED("Stopped"),
  /** It waits to receive a guest. */
  WAITING_FOR_RECEIVER("WaitingForReceiver"),
  /** Nothing of the above. */
  UNKNOWN("Unknown");

  private final String wireName;

  PrintableStatus(String wireName) {
    this.wireName = wireName;
  }

  /** The word on the wire. */
  public String wireName() {
    return wireName;
  }

  /** The status with a word. */
  public static Optional<PrintableStatus> of(String word) {
    return Arrays.stream(values()).filter(status -> status.wireName.equals(word)).findFirst();
  }

  /** The one to show of those that are true. */
  public static PrintableStatus first(Set<PrintableStatus> all) {
    return all.stream().min(Comparator.naturalOrder()).orElse(UNKNOWN);
  }
}
