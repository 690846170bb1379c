package dev.barevirt.api.core;

import dev.barevirt.api.schema.Doc;
import java.util.List;
import java.util.Map;

/** A question over labels; all of it must hold. */
public record LabelSelector(
    @Doc("Labels that must be there with these values.") Map<String, String> matchLabels,
    @Doc("Conditions over label keys.") List<LabelSelectorRequirement> matchExpressions) {
  public LabelSelector {
    matchLabels = Frozen.map(matchLabels);
    matchExpressions = Frozen.list(matchExpressions);
  }
}
