package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GivenTap;
import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.launcher.machine.Backend;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.HostResource;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import dev.barevirt.launcher.machine.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Maps network interfaces: the card, and its connection to what the host gave for its network. An
 * interface whose state is {@code absent} is not there.
 */
final class InterfaceMapper implements DeviceMapper {
  private static final String NICS = "domain.devices.interfaces[]";
  private static final long MOST_QUEUES = 256;

  @Override
  public Set<String> reads() {
    Set<String> nics =
        FieldPaths.under(
            NICS,
            "name",
            "model",
            "bridge",
            "slirp",
            "masquerade",
            "sriov",
            "macvtap",
            "passt",
            "passtBinding",
            "binding.name",
            "ports[].name",
            "ports[].protocol",
            "ports[].port",
            "portRanges[].protocol",
            "portRanges[].start",
            "portRanges[].end",
            "macAddress",
            "bootOrder",
            "pciAddress",
            "dhcpOptions.bootFileName",
            "dhcpOptions.tftpServerName",
            "dhcpOptions.ntpServers",
            "dhcpOptions.privateOptions[].option",
            "dhcpOptions.privateOptions[].value",
            "tag",
            "acpiIndex",
            "state");
    Set<String> networks =
        FieldPaths.under(
            "networks[]",
            "name",
            "pod.vmNetworkCIDR",
            "pod.vmIPv6NetworkCIDR",
            "multus.networkName",
            "multus.default",
            "resourceClaim.claimName",
            "resourceClaim.requestName");
    return FieldPaths.union(
        FieldPaths.union(nics, networks),
        FieldPaths.under("domain.devices", "networkInterfaceMultiqueue", "autoattachPodInterface"));
  }

  @Override
  public Fragment map(MachineInput in) {
    Fragment all = Fragment.of(networkRefusals(in));
    List<Interface> nics = in.devices().interfaces();
    for (int i = 0; i < nics.size(); i++) {
      Interface nic = nics.get(i);
      String path = "spec.domain.devices.interfaces[" + i + "]";
      if (nics.subList(0, i).stream().anyMatch(n -> Objects.equals(n.name(), nic.name()))) {
        all =
            all.plus(
                Fragment.of(
                    Refusal.invalid(
                        path + ".name", "another interface is connected to that network already")));
      } else if (!"absent".equals(nic.state())) {
        all = all.plus(one(in, nic, path));
      }
    }
    return all;
  }

  private static List<Refusal> networkRefusals(MachineInput in) {
    List<Network> networks = in.vmi().spec().networks();
    var refusals = new ArrayList<Refusal>();
    for (int i = 0; i < networks.size(); i++) {
      if (networks.get(i).resourceClaim() != null) {
        refusals.add(
            Refusal.unsupported(
                "spec.networks[" + i + "].resourceClaim", "claimed devices are not connected"));
      }
    }
    return refusals;
  }

  private static Fragment one(MachineInput in, Interface nic, String path) {
    List<Refusal> refusals = new InterfaceRules(in, nic, path).refusals();
    if (!refusals.isEmpty()) {
      return Fragment.of(refusals);
    }
    String network = Texts.orEmpty(nic.name());
    Optional<GivenNetwork> given = in.network(network);
    if (given.isEmpty()) {
      return Fragment.of(
          Refusal.invalid(path + ".name", "this host connects no network of that name"));
    }
    GivenNetwork connection = given.get();
    boolean virtio = InterfaceRules.model(nic).equals("virtio");
    long queues = queues(in, virtio);
    var parts = new ArrayList<FragmentPart>();
    switch (connection.kind()) {
      case USER -> {
        parts.addAll(new UserNetwork(in, nic, connection, path).parts());
        if (queues > 1) {
          parts.add(
              Refusal.unsupported(
                  "spec.domain.devices.networkInterfaceMultiqueue",
                  "interface %s is in user mode, which has one queue".formatted(network)));
        }
      }
      case TAP, BRIDGE -> {
        GivenTap open = connection.given();
        parts.addAll(
            open == null
                ? tap(in, nic, connection, path, virtio, (int) queues)
                : given(nic, connection.network(), open, path, queues));
      }
      case NONE ->
          parts.add(
              new Backend.Netdev(
                  Properties.of("type", "hubport")
                      .with("id", DeviceIds.netdev(network))
                      .with("hubid", (long) in.devices().interfaces().indexOf(nic))));
    }
    parts.add(card(in, nic, connection, queues));
    return Fragment.of(parts);
  }

  private static long queues(MachineInput in, boolean virtio) {
    boolean multiqueue = virtio && Switch.on(in.devices().networkInterfaceMultiqueue(), false);
    return multiqueue ? Math.min(in.vcpus(), MOST_QUEUES) : 1;
  }

  private static List<FragmentPart> tap(
      MachineInput in, Interface nic, GivenNetwork given, String path, boolean virtio, int queues) {
    var parts = new ArrayList<FragmentPart>();
    if (nic.dhcpOptions() != null) {
      parts.add(
          Refusal.unsupported(
              path + ".dhcpOptions", "who answers DHCP on this network is not the launcher"));
    }
    String id = DeviceIds.netdev(given.network());
    boolean vhost = virtio && in.host().has(HostFacts.Feature.VHOST_NET);
    parts.add(
        new Backend.Netdev(
            Properties.of("type", "tap")
                .with("id", id)
                .with(
                    new HostResource.Tap(
                        id, given.ifName(), given.bridge(), queues, vhost, List.of()))));
    return parts;
  }

  /** A tap that somebody opened for the launcher, who then answers DHCP where it was told what. */
  private static List<FragmentPart> given(
      Interface nic, String network, GivenTap open, String path, long queues) {
    if (open.queues().size() != queues || !fits(open.vhosts(), queues)) {
      return List.of(
          Refusal.invalid(
              path,
              "the host opened another number of queues than the %d it has".formatted(queues)));
    }
    if (nic.dhcpOptions() != null && open.dhcp() == null) {
      return List.of(
          Refusal.unsupported(
              path + ".dhcpOptions", "who answers DHCP on this network is not the launcher"));
    }
    String id = DeviceIds.netdev(network);
    boolean vhost = !open.vhosts().isEmpty();
    List<String> names = Stream.concat(open.queues().stream(), open.vhosts().stream()).toList();
    return List.of(
        new Backend.Netdev(
            Properties.of("type", "tap")
                .with("id", id)
                .with(new HostResource.Tap(id, null, null, (int) queues, vhost, names))));
  }

  private static boolean fits(List<String> vhosts, long queues) {
    return vhosts.isEmpty() || vhosts.size() == queues;
  }

  private static Frontend card(
      MachineInput in, Interface nic, GivenNetwork connection, long queues) {
    String network = connection.network();
    GivenTap open = connection.given();
    Integer mtu = open == null ? null : open.mtu();
    String mac =
        open == null || open.mac() == null ? Macs.of(in.vmi().metadata(), nic) : open.mac();
    String model = InterfaceRules.model(nic);
    Long order = nic.bootOrder();
    boolean onPci = in.kind() != MachineKind.MICROVM;
    Properties properties =
        Properties.of("netdev", DeviceIds.netdev(network))
            .with("mac", mac)
            .with("host_mtu", mtu == null || !model.equals("virtio") ? null : (Long) (long) mtu)
            .with("bootindex", order)
            .with("romfile", onPci && order == null ? "" : null)
            .with("acpi-index", nic.acpiIndex() == null ? null : (Long) (long) nic.acpiIndex());
    if (queues > 1) {
      properties = properties.with("mq", true);
      properties = onPci ? properties.with("vectors", 2 * queues + 2) : properties;
    }
    return new Frontend(
        model.equals("virtio") ? in.virtio("net") : model,
        DeviceIds.nic(network),
        slot(nic.pciAddress(), model),
        properties);
  }

  private static Slot slot(@Nullable String address, String model) {
    boolean express = InterfaceRules.isExpress(model);
    boolean placed = address != null && !address.isEmpty();
    return express || placed
        ? new Slot.Pci(placed ? address : null, express)
        : new Slot.RootBus(false);
  }
}
