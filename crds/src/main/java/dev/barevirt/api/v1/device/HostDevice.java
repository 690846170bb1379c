package dev.barevirt.api.v1.device;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A device of the host. */
public record HostDevice(
    @Doc("Its name.") @Required String name,
    @Doc("The resource the node offers.") @Nullable String deviceName,
    @Doc("The claim it comes from.") @Nullable String claimName,
    @Doc("The request in that claim.") @Nullable String requestName,
    @Doc("A word the guest finds beside it in its metadata.") @Nullable String tag) {
  public HostDevice {
    name = Frozen.orElse(name, "");
  }
}
