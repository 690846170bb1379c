package dev.barevirt.api.core;

import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.util.List;

/** One condition over a label. */
public record LabelSelectorRequirement(
    @Doc("The label's key.") @Required String key,
    @Doc("How the values are compared.")
        @Required
        @Allowed({"In", "NotIn", "Exists", "DoesNotExist"})
        String operator,
    @Doc("The values to compare with.") List<String> values) {
  public LabelSelectorRequirement {
    key = Frozen.orElse(key, "");
    operator = Frozen.orElse(operator, "");
    values = Frozen.list(values);
  }
}
