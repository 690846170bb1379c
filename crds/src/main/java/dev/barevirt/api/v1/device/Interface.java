package dev.barevirt.api.v1.device;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import dev.barevirt.api.schema.Unsigned;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network interface, connected to the network of the same name. */
public record Interface(
    @Doc("The network's name.") @Required String name,
    @Doc("The card; virtio when absent.")
        @Allowed({"virtio", "e1000", "e1000e", "igb", "ne2k_pci", "pcnet", "rtl8139"})
        @Nullable String model,
    @Doc("Connected through a bridge.") @Nullable Bridge bridge,
    @Doc("User-mode networking of old; no longer accepted.") @Nullable Slirp slirp,
    @Doc("Connected through address translation.") @Nullable Masquerade masquerade,
    @Doc("A virtual function of a host card.") @Nullable Sriov sriov,
    @Doc("A direct connection of old; no longer accepted.") @Nullable Macvtap macvtap,
    @Doc("User-mode networking of old; see passtBinding.") @Nullable Passt passt,
    @Doc("User-mode networking by passt.") @Nullable PasstBinding passtBinding,
    @Doc("Connected by a plugin.") @Nullable PluginBinding binding,
    @Doc("Ports the guest serves; all when empty.") List<Port> ports,
    @Doc("Ranges of ports the guest serves.") List<PortRange> portRanges,
    @Doc("Its hardware address; made up when absent.") @Nullable String macAddress,
    @Doc("When it is tried as boot device, from 1 up.") @Unsigned @Nullable Long bootOrder,
    @Doc("Its address on the PCI bus.") @Nullable String pciAddress,
    @Doc("More the guest learns by DHCP.") @Nullable DhcpOptions dhcpOptions,
    @Doc("A word the guest finds beside it in its metadata.") @Nullable String tag,
    @Doc("The number the guest names it by.") @Nullable Integer acpiIndex,
    @Doc("Whether its link is up, or it is to be unplugged.") @Allowed({"up", "down", "absent"})
        @Nullable String state) {
  public Interface {
    name = Frozen.orElse(name, "");
    ports = Frozen.list(ports);
    portRanges = Frozen.list(portRanges);
  }

  /** The same with another {@code model}. */
  public Interface withModel(@Nullable String model) {
    return new Interface(
        name,
        model,
        bridge,
        slirp,
        masquerade,
        sriov,
        macvtap,
        passt,
        passtBinding,
        binding,
        ports,
        portRanges,
        macAddress,
        bootOrder,
        pciAddress,
        dhcpOptions,
        tag,
        acpiIndex,
        state);
  }

  /** The same with another {@code bridge}. */
  public Interface withBridge(@Nullable Bridge bridge) {
    return new Interface(
        name,
        model,
        bridge,
        slirp,
        masquerade,
        sriov,
        macvtap,
        passt,
        passtBinding,
        binding,
        ports,
        portRanges,
        macAddress,
        bootOrder,
        pciAddress,
        dhcpOptions,
        tag,
        acpiIndex,
        state);
  }

  /** The same with another {@code masquerade}. */
  public Interface withMasquerade(@Nullable Masquerade masquerade) {
    return new Interface(
        name,
        model,
        bridge,
        slirp,
        masquerade,
        sriov,
        macvtap,
        passt,
        passtBinding,
        binding,
        ports,
        portRanges,
        macAddress,
        bootOrder,
        pciAddress,
        dhcpOptions,
        tag,
        acpiIndex,
        state);
  }

  /** Connected through a bridge. */
  public record Bridge() {
    /** Nothing said. */
    public static final Bridge EMPTY = new Bridge();
  }

  /** User-mode networking of old. */
  public record Slirp() {
    /** Nothing said. */
    public static final Slirp EMPTY = new Slirp();
  }

  /** Connected through address translation. */
  public record Masquerade() {
    /** Nothing said. */
    public static final Masquerade EMPTY = new Masquerade();
  }

  /** A virtual function of a host card. */
  public record Sriov() {
    /** Nothing said. */
    public static final Sriov EMPTY = new Sriov();
  }

  /** A direct connection of old. */
  public record Macvtap() {
    /** Nothing said. */
    public static final Macvtap EMPTY = new Macvtap();
  }

  /** User-mode networking of old. */
  public record Passt() {
    /** Nothing said. */
    public static final Passt EMPTY = new Passt();
  }

  /** User-mode networking by passt. */
  public record PasstBinding() {
    /** Nothing said. */
    public static final PasstBinding EMPTY = new PasstBinding();
  }

  /** Connected by a plugin. */
  public record PluginBinding(
      @Doc("The plugin's name in the cluster's configuration.") @Required String name) {
    public PluginBinding {
      name = Frozen.orElse(name, "");
    }
  }

  /** A port the guest serves. */
  public record Port(
      @Doc("A name, unique among the ports.") @Nullable String name,
      @Doc("The protocol; TCP when absent.") @Allowed({"TCP", "UDP"}) @Nullable String protocol,
      @Doc("The port's number.") @Required @Nullable Integer port) {}

  /** A range of ports the guest serves. */
  public record PortRange(
      @Doc("The protocol.") @Required @Allowed({"TCP", "UDP"}) String protocol,
      @Doc("The first port.") @Required @Nullable Integer start,
      @Doc("The last port.") @Required @Nullable Integer end) {
    public PortRange {
      protocol = Frozen.orElse(protocol, "");
    }
  }

  /** More the guest learns by DHCP. */
  public record DhcpOptions(
      @Doc("The file to boot from the network, option 67.") @Nullable String bootFileName,
      @Doc("The server that has it, option 66.") @Nullable String tftpServerName,
      @Doc("Time servers, option 42.") List<String> ntpServers,
      @Doc("Options of your own.") List<DhcpPrivateOption> privateOptions) {
    public DhcpOptions {
      ntpServers = Frozen.list(ntpServers);
      privateOptions = Frozen.list(privateOptions);
    }
  }

  /** A DHCP option of your own. */
  public record DhcpPrivateOption(
      @Doc("Its number, 224 to 254.") @Required @Nullable Integer option,
      @Doc("Its value.") @Required String value) {
    public DhcpPrivateOption {
      value = Frozen.orElse(value, "");
    }
  }
}
