package dev.barevirt.launcher.cli.spec;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes {@code --net} and {@code -p} into a manifest. */
final class NetworkFlags {
  private static final String DEVICES = "spec.domain.devices.";
  private static final String NETWORKS = "spec.networks";
  private static final List<String> OPTIONS = List.of("model", "mac");
  private static final List<String> MODELS =
      List.of("virtio", "e1000e", "e1000", "igb", "ne2k_pci", "pcnet", "rtl8139");
  private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_.-]{1,15}");

  private final SpecDocument document;

  NetworkFlags(SpecDocument document) {
    this.document = document;
  }

  void write(List<String> nets, List<String> ports, boolean wantsDefault) {
    if (nets.contains("none")) {
      if (nets.size() > 1 || !ports.isEmpty()) {
        throw CliFailure.usage("--net none stands alone, without other networks and without -p");
      }
      document.put(DEVICES + "autoattachPodInterface", false);
      return;
    }
    List<String> wanted = nets.isEmpty() && wantsDefault ? List.of("user") : nets;
    wanted.forEach(this::add);
    if (!ports.isEmpty()) {
      ports.forEach(Publish::parse); // refuses what is not one
      String earlier = document.annotation(HostNotes.PUBLISH).orElse("");
      String all = String.join(",", ports);
      document.annotate(HostNotes.PUBLISH, earlier.isEmpty() ? all : earlier + "," + all);
    }
  }

  /**
   * Adds one network with its interface.
   *
   * @return its name
   */
  String add(String flag) {
    KeyValues net = KeyValues.parse("--net", flag, OPTIONS);
    int count = document.list(NETWORKS).size();
    String name = count == 0 ? "default" : freeName(count);
    Map<String, Object> device = new LinkedHashMap<>();
    device.put("name", name);
    device.put(binding(net, count == 0), Map.of());
    net.oneOf("model", MODELS).ifPresent(model -> device.put("model", model));
    net.value("mac").ifPresent(mac -> device.put("macAddress", mac));
    document.add(DEVICES + "interfaces", device);
    Object source =
        count == 0
            ? Map.of("name", name, "pod", Map.of())
            : Map.of("name", name, "multus", Map.of("networkName", name));
    document.add(NETWORKS, source);
    if (count > 0 || !net.first().equals("user")) {
      document.annotate(HostNotes.NETWORK + name, net.first());
    }
    return name;
  }

  private String freeName(int number) {
    String name = "net" + number;
    return document.named(NETWORKS, name).isPresent() ? freeName(number + 1) : name;
  }

  /** Only the pod network can be masqueraded; the note says how this host provides another. */
  private static String binding(KeyValues net, boolean pod) {
    String kind = net.first();
    if (kind.equals("user")) {
      return pod ? "masquerade" : "bridge";
    }
    String[] pair = kind.split("=", 2);
    if (pair.length == 2 && List.of("tap", "bridge").contains(pair[0])) {
      if (!DEVICE.matcher(pair[1]).matches()) {
        throw CliFailure.usage(
            "--net " + pair[0] + "='" + Text.printable(pair[1]) + "' is not a device name");
      }
      return "bridge";
    }
    throw CliFailure.usage(
        "--net '" + Text.printable(kind) + "' is none of user, tap=DEVICE, bridge=NAME, none");
  }
}
