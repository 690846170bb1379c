package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network interface as it is. */
public record InterfaceStatus(
    @Doc("Its first address.") @Nullable String ipAddress,
    @Doc("Its hardware address.") @Nullable String mac,
    @Doc("Its name in the specification.") @Nullable String name,
    @Doc("All its addresses.") List<String> ipAddresses,
    @Doc("Its name in the pod.") @Nullable String podInterfaceName,
    @Doc("Its name in the guest.") @Nullable String interfaceName,
    @Doc("Who told: domain, guest-agent, multus-status, divided by commas.")
        @Nullable String infoSource,
    @Doc("How many queues it has.") @Nullable Integer queueCount,
    @Doc("Whether its link is up.") @Nullable String linkState) {
  public InterfaceStatus {
    ipAddresses = Frozen.list(ipAddresses);
  }
}
