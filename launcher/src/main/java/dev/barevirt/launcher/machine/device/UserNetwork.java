package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.PortForward;
import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.launcher.machine.Backend;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.HostFacts.SidecarProgram;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import dev.barevirt.launcher.machine.Sidecar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection that needs no privilege: passt, over vhost-user where it can and a stream otherwise,
 * or slirp inside QEMU where the host has no passt that can do what is asked.
 */
final class UserNetwork {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String VHOST_USER = "vhost-user";

  private final MachineInput in;
  private final Interface nic;
  private final GivenNetwork given;
  private final String path;
  private final String id;
  private final Network.@Nullable Pod pod;
  private final List<FragmentPart> parts = new ArrayList<>();

  UserNetwork(MachineInput in, Interface nic, GivenNetwork given, String path) {
    this.in = in;
    this.nic = nic;
    this.given = given;
    this.path = path;
    this.id = DeviceIds.netdev(given.network());
    this.pod =
        in.vmi().spec().networks().stream()
            .filter(n -> given.network().equals(n.name()))
            .map(Network::pod)
            .filter(java.util.Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  /** The connection named {@link DeviceIds#netdev}, with the program that serves it. */
  List<FragmentPart> parts() {
    checkPorts();
    Optional<SidecarProgram> passt = in.host().sidecar(HostFacts.Sidecar.PASST);
    boolean speaks =
        passt.isPresent()
            && (speaksVhostUser(passt.get()) || in.host().has(HostFacts.Feature.NETDEV_STREAM));
    boolean bootFile =
        nic.dhcpOptions() != null
            && (nic.dhcpOptions().bootFileName() != null
                || nic.dhcpOptions().tftpServerName() != null);
    boolean slirp = in.host().has(HostFacts.Feature.NETDEV_USER);
    boolean lacks = bootFile || (passt.isPresent() && cannotForward(passt.get()));
    if (passt.isPresent() && speaks && !(lacks && slirp && nic.passtBinding() == null)) {
      passt(passt.get());
    } else if (nic.passtBinding() != null) {
      refuse(".passtBinding", "this host has no passt that its QEMU can speak to");
    } else if (slirp) {
      slirp();
    } else {
      refuse("", "this host has neither passt nor a QEMU with user-mode networking");
    }
    return parts;
  }

  /** Ports that the guest serves narrow what may be forwarded to it. */
  private void checkPorts() {
    boolean all = nic.ports().isEmpty() && nic.portRanges().isEmpty();
    for (PortForward forward : given.ports()) {
      String protocol = forward.protocol().name();
      boolean served =
          nic.ports().stream()
                  .anyMatch(
                      p ->
                          p.port() != null
                              && p.port() == forward.guestPort()
                              && isProtocol(p.protocol(), protocol))
              || nic.portRanges().stream()
                  .anyMatch(
                      r ->
                          r.start() != null
                              && r.end() != null
                              && r.start() <= forward.guestPort()
                              && forward.guestPort() <= r.end()
                              && isProtocol(r.protocol(), protocol));
      if (!all && !served) {
        refuse(
            ".ports",
            "port %d/%s is forwarded and not among the ports the guest serves"
                .formatted(forward.guestPort(), protocol));
      }
    }
  }

  private boolean cannotForward(SidecarProgram passt) {
    return !passt.forwardsGreetings()
        && given.ports().stream().anyMatch(p -> p.protocol() == PortForward.Protocol.TCP);
  }

  /** QEMU joins vhost-user to no card but virtio. */
  private boolean speaksVhostUser(SidecarProgram passt) {
    return passt.can(VHOST_USER) && InterfaceRules.model(nic).equals("virtio");
  }

  private static boolean isProtocol(@Nullable String named, String protocol) {
    return protocol.equalsIgnoreCase(named == null || named.isEmpty() ? "TCP" : named);
  }

  private void passt(SidecarProgram program) {
    refuseDhcp(true);
    boolean vhostUser = speaksVhostUser(program);
    String socket = in.paths().sidecar(id);
    var args = new ArrayList<>(List.of("--foreground", "--quiet", "--socket", socket));
    if (vhostUser) {
      args.add("--vhost-user");
    }
    subnet()
        .ifPresent(
            net ->
                args.addAll(
                    List.of(
                        "--address",
                        net.address(2),
                        "--netmask",
                        Integer.toString(net.bits()),
                        "--gateway",
                        net.address(1))));
    if (pod != null && pod.vmIPv6NetworkCIDR() != null) {
      refuse("", "passt gives the guest the host's own IPv6 network, not vmIPv6NetworkCIDR");
    }
    for (PortForward forward : given.ports()) {
      args.add(forward.protocol() == PortForward.Protocol.TCP ? "--tcp-ports" : "--udp-ports");
      args.add("%s/%d:%d".formatted(address(forward), forward.hostPort(), forward.guestPort()));
    }
    parts.add(new Sidecar(id, program.path(), args, socket, List.of()));
    if (vhostUser) {
      String chardev = "chr-" + id;
      parts.add(new Backend.Chardev("socket", chardev, Properties.of("path", socket)));
      parts.add(
          new Backend.Netdev(
              Properties.of("type", VHOST_USER).with("id", id).with("chardev", chardev)));
    } else {
      parts.add(
          new Backend.Netdev(
              Properties.of("type", "stream")
                  .with("id", id)
                  .with("server", false)
                  .with("addr", Properties.of("type", "unix").with("path", socket))));
    }
  }

  private void slirp() {
    refuseDhcp(false);
    Interface.DhcpOptions dhcp = nic.dhcpOptions();
    List<Properties> forwards =
        given.ports().stream()
            .map(
                f ->
                    Properties.of(
                        "str",
                        "%s:%s:%d-:%d"
                            .formatted(
                                f.protocol().name().toLowerCase(Locale.ROOT),
                                address(f),
                                f.hostPort(),
                                f.guestPort())))
            .toList();
    Properties user =
        Properties.of("type", "user")
            .with("id", id)
            .with("net", subnet().map(Cidr::toString).orElse(null))
            .with("bootfile", dhcp == null ? null : dhcp.bootFileName())
            .with("tftp-server-name", dhcp == null ? null : dhcp.tftpServerName());
    if (pod != null && pod.vmIPv6NetworkCIDR() != null) {
      user = user.with(ipv6(pod.vmIPv6NetworkCIDR()));
    }
    parts.add(new Backend.Netdev(forwards.isEmpty() ? user : user.with("hostfwd", forwards)));
  }

  private Properties ipv6(String cidr) {
    if (!cidr.matches("[0-9A-Fa-f:]{2,39}/[0-9]{1,3}")) {
      refuse("", "vmIPv6NetworkCIDR is not an IPv6 network");
      return Properties.none();
    }
    int slash = cidr.indexOf('/');
    return Properties.of("ipv6-prefix", cidr.substring(0, slash))
        .with("ipv6-prefixlen", Long.parseLong(cidr.substring(slash + 1)));
  }

  private Optional<Cidr> subnet() {
    if (pod == null || pod.vmNetworkCIDR() == null || pod.vmNetworkCIDR().isEmpty()) {
      return Optional.empty();
    }
    Optional<Cidr> net = Cidr.parse(pod.vmNetworkCIDR());
    if (net.isEmpty()) {
      refuse("", "vmNetworkCIDR is not an IPv4 network of 8 to 29 bits");
    }
    return net;
  }

  private String address(PortForward forward) {
    String address = forward.hostAddress() == null ? LOOPBACK : forward.hostAddress();
    if (!Cidr.isAddress(address)) {
      refuse("", "a port is forwarded from an address that is not an IPv4 address");
      return LOOPBACK;
    }
    return address;
  }

  private void refuseDhcp(boolean withoutBootFile) {
    Interface.DhcpOptions dhcp = nic.dhcpOptions();
    if (dhcp == null) {
      return;
    }
    if (withoutBootFile && dhcp.bootFileName() != null) {
      refuse(".dhcpOptions.bootFileName", "passt does not send it");
    }
    if (withoutBootFile && dhcp.tftpServerName() != null) {
      refuse(".dhcpOptions.tftpServerName", "passt does not send it");
    }
    if (!dhcp.ntpServers().isEmpty()) {
      refuse(".dhcpOptions.ntpServers", "user-mode networking does not send them");
    }
    if (!dhcp.privateOptions().isEmpty()) {
      refuse(".dhcpOptions.privateOptions", "user-mode networking does not send them");
    }
  }

  private void refuse(String field, String why) {
    parts.add(Refusal.unsupported(path + field, why));
  }
}
