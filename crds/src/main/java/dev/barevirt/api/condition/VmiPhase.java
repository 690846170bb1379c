package dev.barevirt.api.condition;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where an instance is in its life. */
public enum VmiPhase {
  /** Just created; nobody has looked at it. */
  UNSET(""),
  /** Seen, and its pod is being made. */
  PENDING("Pending"),
  /** Its pod is there and waits for a node and its containers. */
  SCHEDULING("Scheduling"),
  /** Its pod runs, and the node takes over. */
  SCHEDULED("Scheduled"),
  /** The guest runs. */
  RUNNING("Running"),
  /** The guest ended as wanted. */
  SUCCEEDED("Succeeded"),
  /** The guest ended in a way nobody wanted, or could not begin. */
  FAILED("Failed"),
  /** It waits to receive a guest from another cluster. */
  WAITING_FOR_SYNC("WaitingForSync"),
  /** Its node does not answer. */
  UNKNOWN("Unknown");

  private final String wireName;

  VmiPhase(String wireName) {
    this.wireName = wireName;
  }

  /** The word on the wire. */
  public String wireName() {
    return wireName;
  }

  /** The phase with a word; absent is unset. */
  public static Optional<VmiPhase> of(@Nullable String word) {
    String wanted = word == null ? "" : word;
    return Arrays.stream(values()).filter(phase -> phase.wireName.equals(wanted)).findFirst();
  }

  /** Whether nothing follows. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == FAILED;
  }

  /** The phases that may follow this one. */
  public Set<VmiPhase> next() {
    return switch (this) {
      case UNSET -> EnumSet.of(PENDING, WAITING_FOR_SYNC, FAILED);
      case PENDING -> EnumSet.of(SCHEDULING, WAITING_FOR_SYNC, FAILED);
      case SCHEDULING -> EnumSet.of(SCHEDULED, FAILED);
      case SCHEDULED -> EnumSet.of(RUNNING, SUCCEEDED, FAILED, UNKNOWN);
      case RUNNING -> EnumSet.of(SUCCEEDED, FAILED, UNKNOWN, WAITING_FOR_SYNC);
      case WAITING_FOR_SYNC -> EnumSet.of(PENDING, SCHEDULING, SCHEDULED, RUNNING, FAILED);
      case UNKNOWN -> EnumSet.of(SCHEDULED, RUNNING, SUCCEEDED, FAILED);
      case SUCCEEDED, FAILED -> EnumSet.noneOf(VmiPhase.class);
    };
  }

  /** Whether another phase may follow, or is the same. */
  public boolean mayBecome(VmiPhase other) {
    return other == this || next().contains(other);
  }
}
