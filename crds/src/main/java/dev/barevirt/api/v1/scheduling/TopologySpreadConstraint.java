package dev.barevirt.api.v1.scheduling;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.LabelSelector;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How pods spread over parts of the cluster. */
public record TopologySpreadConstraint(
    @Doc("How much the parts may differ.") @Required @Nullable Integer maxSkew,
    @Doc("The node label that tells one part from another.") @Required String topologyKey,
    @Doc("What happens when it cannot be kept.")
        @Required
        @Allowed({"DoNotSchedule", "ScheduleAnyway"})
        String whenUnsatisfiable,
    @Doc("The pods that count.") @Nullable LabelSelector labelSelector,
    @Doc("How many parts there are at least.") @Nullable Integer minDomains,
    @Doc("Whether only nodes that match the pod count.") @Allowed({"Honor", "Ignore"})
        @Nullable String nodeAffinityPolicy,
    @Doc("Whether only nodes whose taints are accepted count.") @Allowed({"Honor", "Ignore"})
        @Nullable String nodeTaintsPolicy,
    @Doc("Labels whose values must be those of the new pod.") List<String> matchLabelKeys) {
  public TopologySpreadConstraint {
    topologyKey = Frozen.orElse(topologyKey, "");
    whenUnsatisfiable = Frozen.orElse(whenUnsatisfiable, "");
    matchLabelKeys = Frozen.list(matchLabelKeys);
  }
}
