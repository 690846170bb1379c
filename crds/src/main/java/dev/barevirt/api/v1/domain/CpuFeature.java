package dev.barevirt.api.v1.domain;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** One feature of the processor. */
public record CpuFeature(
    @Doc("The feature's name.") @Required String name,
    @Doc("Whether the guest has it; require when absent.")
        @Allowed({"force", "require", "optional", "disable", "forbid"})
        @Nullable String policy) {
  public CpuFeature {
    name = Frozen.orElse(name, "");
  }

  /** The same with another {@code policy}. */
  public CpuFeature withPolicy(@Nullable String policy) {
    return new CpuFeature(name, policy);
  }
}
