package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A single fact with its reason. */
public record Condition(
    @Doc("What it is about.") @Required String type,
    @Doc("Whether it holds.") @Required @Allowed({"True", "False", "Unknown"}) String status,
    @Doc("When it was last looked at.") @Nullable Instant lastProbeTime,
    @Doc("When it last changed.") @Nullable Instant lastTransitionTime,
    @Doc("Why, in one word.") @Nullable String reason,
    @Doc("Why, for people.") @Nullable String message) {
  public Condition {
    type = Frozen.orElse(type, "");
    status = Frozen.orElse(status, "");
  }

  /** The same with another {@code status}. */
  public Condition withStatus(String status) {
    return new Condition(type, status, lastProbeTime, lastTransitionTime, reason, message);
  }

  /** The same with another {@code reason}. */
  public Condition withReason(@Nullable String reason) {
    return new Condition(type, status, lastProbeTime, lastTransitionTime, reason, message);
  }

  /** The same with another {@code message}. */
  public Condition withMessage(@Nullable String message) {
    return new Condition(type, status, lastProbeTime, lastTransitionTime, reason, message);
  }

  /** The same with another {@code lastTransitionTime}. */
  public Condition withLastTransitionTime(@Nullable Instant lastTransitionTime) {
    return new Condition(type, status, lastProbeTime, lastTransitionTime, reason, message);
  }
}
