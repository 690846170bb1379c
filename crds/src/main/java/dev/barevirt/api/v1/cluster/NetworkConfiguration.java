package dev.barevirt.api.v1.cluster;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How guests are connected. */
public record NetworkConfiguration(
    @Doc("How a guest without networks is connected.") @Nullable String defaultNetworkInterface,
    @Doc("Has no effect any more.") @Nullable Boolean permitSlirpInterface,
    @Doc("Whether a guest may take over its pod's address.")
        @Nullable Boolean permitBridgeInterfaceOnPodNetwork,
    @Doc("Further ways to connect guests, by name.") Map<String, Binding> binding) {
  public NetworkConfiguration {
    binding = Frozen.map(binding);
  }

  /** A further way to connect guests. */
  public record Binding(
      @Doc("The image of a container beside the launcher.") @Nullable String sidecarImage,
      @Doc("The network attachment launcher pods get.")
          @Nullable String networkAttachmentDefinition,
      @Doc("What the guest is attached to.") @Nullable String domainAttachmentType,
      @Doc("How it migrates.") @Nullable Migration migration,
      @Doc("What the container is told.") @Nullable String downwardAPI,
      @Doc("What it costs a launcher pod.") @Nullable ResourceAmounts computeResourceOverhead) {}

  /** How a connection migrates. */
  public record Migration(@Doc("The method.") @Nullable String method) {}
}
