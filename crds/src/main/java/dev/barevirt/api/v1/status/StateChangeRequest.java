package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A start or stop that was asked for. */
public record StateChangeRequest(
    @Doc("Which of the two.") @Required @Allowed({"Start", "Stop"}) String action,
    @Doc("More about it.") Map<String, String> data,
    @Doc("The instance it is about.") @Nullable String uid) {
  public StateChangeRequest {
    action = Frozen.orElse(action, "");
    data = Frozen.map(data);
  }
}
