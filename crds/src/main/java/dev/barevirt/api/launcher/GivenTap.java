package dev.barevirt.api.launcher;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tap device opened for the launcher. Descriptors are named as in {@link
 * LauncherCommand.TakeDescriptors}, and each is used once.
 *
 * @param queues the names of its queues' descriptors, in order; they carry virtio's header
 * @param vhosts the names of as many descriptors of vhost-net, or none
 * @param mac the guest's hardware address; the instance's, or one the launcher makes, when absent
 * @param mtu the largest packet, for the guest's card
 * @param dhcp what the guest is told when it asks for an address; nothing when absent
 */
public record GivenTap(
    List<String> queues,
    List<String> vhosts,
    @Nullable String mac,
    @Nullable Integer mtu,
    @Nullable GivenDhcp dhcp) {
  @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
  public GivenTap {
    queues = queues == null ? List.of() : List.copyOf(queues);
    vhosts = vhosts == null ? List.of() : List.copyOf(vhosts);
  }
}
