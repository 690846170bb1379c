package dev.barevirt.api.v1.source;

import dev.barevirt.api.core.ClaimRequest;
import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import dev.barevirt.api.schema.WireName;
import org.jspecify.annotations.Nullable;

/** What interfaces of the same name are connected to: exactly one source. */
public record Network(
    @Doc("Its name.") @Required String name,
    @Doc("The pod's own network.") @Nullable Pod pod,
    @Doc("A further network of the cluster.") @Nullable Multus multus,
    @Doc("A network device that is claimed.") @Nullable ClaimRequest resourceClaim) {
  public Network {
    name = Frozen.orElse(name, "");
  }

  /** The pod's own network. */
  public record Pod(
      @Doc("The guest's addresses behind translation; 10.0.2.0/24 when absent.")
          @Nullable String vmNetworkCIDR,
      @Doc("The guest's IPv6 addresses behind translation; fd10:0:2::/120 when absent.")
          @Nullable String vmIPv6NetworkCIDR) {
    /** Nothing said. */
    public static final Pod EMPTY = new Pod(null, null);
  }

  /** A further network of the cluster. */
  public record Multus(
      @Doc("The network's definition, as name or namespace/name.") @Required String networkName,
      @Doc("Whether it takes the place of the pod's own network.") @WireName("default")
          @Nullable Boolean defaultNetwork) {
    public Multus {
      networkName = Frozen.orElse(networkName, "");
    }
  }
}
