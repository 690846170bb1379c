package dev.barevirt.api.v1.scheduling;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.LabelSelector;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wishes and demands about other pods. */
public record PodAffinity(
    @Doc("What must hold.") List<Term> requiredDuringSchedulingIgnoredDuringExecution,
    @Doc("What should hold.") List<Weighted> preferredDuringSchedulingIgnoredDuringExecution) {
  public PodAffinity {
    requiredDuringSchedulingIgnoredDuringExecution =
        Frozen.list(requiredDuringSchedulingIgnoredDuringExecution);
    preferredDuringSchedulingIgnoredDuringExecution =
        Frozen.list(preferredDuringSchedulingIgnoredDuringExecution);
  }

  /** A question about pods in a part of the cluster. */
  public record Term(
      @Doc("The pods.") @Nullable LabelSelector labelSelector,
      @Doc("Their namespaces by name.") List<String> namespaces,
      @Doc("Their namespaces by label.") @Nullable LabelSelector namespaceSelector,
      @Doc("The node label that tells one part of the cluster from another.") @Required
          String topologyKey,
      @Doc("Labels whose values must be those of the new pod.") List<String> matchLabelKeys,
      @Doc("Labels whose values must not be those of the new pod.")
          List<String> mismatchLabelKeys) {
    public Term {
      namespaces = Frozen.list(namespaces);
      topologyKey = Frozen.orElse(topologyKey, "");
      matchLabelKeys = Frozen.list(matchLabelKeys);
      mismatchLabelKeys = Frozen.list(mismatchLabelKeys);
    }
  }

  /** A term with a weight. */
  public record Weighted(
      @Doc("How much it counts, 1 to 100.") @Required @Nullable Integer weight,
      @Doc("The term.") @Required @Nullable Term podAffinityTerm) {}
}
