package dev.barevirt.agent.network;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.launcher.GivenDhcp;
import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GivenTap;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Connects guests inside their pods' network namespaces, by address translation: a bridge with a
 * tap in it, rules in and out, and a socket on which the launcher answers DHCP.
 */
public final class LinuxPodNetworks implements PodNetworks {
  private static final String POD_DEVICE = "eth0";
  private static final String BRIDGE = "k6t-eth0";
  private static final String BRIDGE_MAC = "02:00:00:00:00:00";
  private static final String TAP = "tap0";
  private static final String QUEUE = "tap0.0";
  private static final String DHCP = "dhcp0";
  private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");

  private final PodProcesses processes;
  private final GuestDns dns;

  /**
   * @param processes finds pods' namespaces
   * @param dns what the agent's own pod was told
   */
  public LinuxPodNetworks(PodProcesses processes, GuestDns dns) {
    this.processes = processes;
    this.dns = dns;
  }

  @Override
  public Connections connect(VirtualMachineInstance vmi, String podUid, List<String> podAddresses)
      throws InterruptedException {
    List<Interface> asked = vmi.spec().domain().devices().interfaces();
    for (int i = 0; i < asked.size(); i++) {
      check(vmi, asked.get(i), FieldPath.of("spec", "domain", "devices", "interfaces").index(i));
    }
    if (asked.isEmpty()) {
      return Connections.NONE;
    }
    if (asked.size() > 1) {
      throw new NetworkException(
          NetworkException.Kind.UNSUPPORTED,
          "spec.domain.devices.interfaces: a second interface is not supported by this version");
    }
    Interface translated = asked.getFirst();
    Subnet subnet = subnet(network(vmi, translated));
    try (NetworkNamespace namespace = processes.networkOf(podUid)) {
      Map<String, OwnedFd> opened = new LinkedHashMap<>();
      try {
        PodLink link = namespace.inside(() -> make(translated, subnet, opened));
        return new Connections(List.of(given(vmi, translated, subnet, link)), opened);
      } catch (NetworkException e) {
        opened.values().forEach(OwnedFd::close);
        throw e;
      }
    }
  }

  private static void check(VirtualMachineInstance vmi, Interface asked, FieldPath at) {
    if (asked.dhcpOptions() != null && !asked.dhcpOptions().ntpServers().isEmpty()) {
      throw new NetworkException(
          NetworkException.Kind.UNSUPPORTED,
          at + ".dhcpOptions.ntpServers: time servers are not supported by this version");
    }
    Network network = network(vmi, asked);
    if (network == null || network.pod() == null || asked.masquerade() == null) {
      throw new NetworkException(
          NetworkException.Kind.UNSUPPORTED,
          at + ": only masquerade on the pod's network is supported by this version");
    }
  }

  private static @Nullable Network network(VirtualMachineInstance vmi, Interface asked) {
    return vmi.spec().networks().stream()
        .filter(network -> network.name().equals(asked.name()))
        .findFirst()
        .orElse(null);
  }

  private static Subnet subnet(@Nullable Network network) {
    Network.Pod pod = network == null ? null : network.pod();
    String written = pod == null ? null : pod.vmNetworkCIDR();
    return Subnet.parse(written == null || written.isEmpty() ? Subnet.DEFAULT : written);
  }

  /** In the pod's namespace. */
  private static PodLink make(Interface asked, Subnet subnet, Map<String, OwnedFd> opened)
      throws InterruptedException {
    PodLink link = PodLink.parse(NetworkTools.ip("-j", "address", "show", POD_DEVICE), POD_DEVICE);
    String mtu = String.valueOf(link.mtu());
    NetworkTools.ipIfThere("link", "delete", BRIDGE);
    NetworkTools.ip(
        "link",
        "add",
        BRIDGE,
        "address",
        BRIDGE_MAC,
        "mtu",
        mtu,
        "type",
        "bridge",
        "forward_delay",
        "0");
    NetworkTools.ip("address", "add", subnet.gateway() + "/" + subnet.prefix(), "dev", BRIDGE);
    NetworkTools.ip("link", "set", BRIDGE, "up");
    opened.put(QUEUE, NativeCalls.openTap(TAP));
    NetworkTools.ip("link", "set", TAP, "mtu", mtu, "master", BRIDGE, "up");
    NetworkTools.nft(MasqueradeTemplate.rules(POD_DEVICE, subnet, asked));
    forward();
    opened.put(DHCP, NativeCalls.dhcpServerSocket(BRIDGE));
    return link;
  }

  private static void forward() {
    try {
      Files.writeString(FORWARDING, "1");
    } catch (IOException e) {
      throw new NetworkException("cannot let the pod forward packets", e);
    }
  }

  private GivenNetwork given(
      VirtualMachineInstance vmi, Interface asked, Subnet subnet, PodLink link) {
    String namespace = Optional.ofNullable(vmi.metadata().namespace()).orElse("default");
    GuestDns told = dns.forGuest(namespace, vmi.spec());
    String hostname = vmi.spec().hostname();
    GivenDhcp dhcp =
        new GivenDhcp(
            DHCP,
            subnet.guest() + "/" + subnet.prefix(),
            subnet.gateway(),
            subnet.gateway(),
            told.nameservers(),
            told.searchDomains(),
            hostname == null ? vmi.metadata().name() : hostname,
            List.of(),
            DhcpOptions.of(asked),
            null);
    return GivenNetwork.ofTap(
        asked.name(),
        new GivenTap(List.of(QUEUE), List.of(), GuestMac.of(vmi, asked), link.mtu(), dhcp));
  }
}
