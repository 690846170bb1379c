package dev.barevirt.api.v1.scheduling;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wishes and demands about the node. */
public record NodeAffinity(
    @Doc("What the node must be.")
        @Nullable Selector requiredDuringSchedulingIgnoredDuringExecution,
    @Doc("What the node should be.")
        List<Preference> preferredDuringSchedulingIgnoredDuringExecution) {
  public NodeAffinity {
    preferredDuringSchedulingIgnoredDuringExecution =
        Frozen.list(preferredDuringSchedulingIgnoredDuringExecution);
  }

  /** Terms of which one must hold. */
  public record Selector(@Doc("The terms.") @Required List<Term> nodeSelectorTerms) {
    public Selector {
      nodeSelectorTerms = Frozen.list(nodeSelectorTerms);
    }
  }

  /** Conditions that must all hold. */
  public record Term(
      @Doc("Conditions over labels.") List<Requirement> matchExpressions,
      @Doc("Conditions over fields.") List<Requirement> matchFields) {
    public Term {
      matchExpressions = Frozen.list(matchExpressions);
      matchFields = Frozen.list(matchFields);
    }
  }

  /** A condition over a label or field. */
  public record Requirement(
      @Doc("The label or field.") @Required String key,
      @Doc("How the values are compared.")
          @Required
          @Allowed({"In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"})
          String operator,
      @Doc("The values to compare with.") List<String> values) {
    public Requirement {
      key = Frozen.orElse(key, "");
      operator = Frozen.orElse(operator, "");
      values = Frozen.list(values);
    }
  }

  /** A term with a weight. */
  public record Preference(
      @Doc("How much it counts, 1 to 100.") @Required @Nullable Integer weight,
      @Doc("The term.") @Required @Nullable Term preference) {}
}
