package dev.barevirt.api.v1.device;

import dev.barevirt.api.core.FeatureState;
import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A graphics processor of the host. */
public record Gpu(
    @Doc("Its name.") @Required String name,
    @Doc("The resource the node offers.") @Nullable String deviceName,
    @Doc("The claim it comes from.") @Nullable String claimName,
    @Doc("The request in that claim.") @Nullable String requestName,
    @Doc("How a shared one shows its picture.") @Nullable VirtualGpuOptions virtualGPUOptions,
    @Doc("A word the guest finds beside it in its metadata.") @Nullable String tag) {
  public Gpu {
    name = Frozen.orElse(name, "");
  }

  /** How a shared graphics processor behaves. */
  public record VirtualGpuOptions(@Doc("Its picture.") @Nullable Display display) {}

  /** The picture of a shared graphics processor. */
  public record Display(
      @Doc("Whether it is shown; true when absent.") @Nullable Boolean enabled,
      @Doc("Whether it is shown before the driver runs.") @Nullable FeatureState ramFB) {}
}
