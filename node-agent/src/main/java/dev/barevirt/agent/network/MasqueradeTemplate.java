package dev.barevirt.agent.network;

import dev.barevirt.api.v1.device.Interface;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Makes the packet filter's rules that translate between a pod's address and its guest's. */
final class MasqueradeTemplate {
  private MasqueradeTemplate() {}

  /**
   * The rules: what comes in goes to the guest, all of it or the ports that it serves, and what the
   * guest sends goes out in the pod's name.
   */
  static String rules(String device, Subnet subnet, Interface asked) {
    return """
        table ip barevirt
        delete table ip barevirt
        table ip barevirt {
          chain inbound {
            type nat hook prerouting priority dstnat; policy accept;
        %s
          }
          chain outbound {
            type nat hook postrouting priority srcnat; policy accept;
            oifname "%s" ip saddr %s masquerade
          }
        }
        """
        .formatted(inbound(device, subnet, asked), device, subnet.guest());
  }

  private static String inbound(String device, Subnet subnet, Interface asked) {
    String from = "    iifname \"" + device + "\" ";
    String to = "dnat to " + subnet.guest();
    if (asked.ports().isEmpty() && asked.portRanges().isEmpty()) {
      return from + to;
    }
    List<String> rules = new ArrayList<>();
    for (String protocol : List.of("tcp", "udp")) {
      String ports = ports(protocol, asked);
      if (!ports.isEmpty()) {
        rules.add(from + protocol + " dport { " + ports + " } " + to);
      }
    }
    return String.join("\n", rules);
  }

  private static String ports(String protocol, Interface asked) {
    List<String> all = new ArrayList<>();
    for (Interface.Port port : asked.ports()) {
      String written = port.protocol() == null ? "tcp" : port.protocol().toLowerCase(Locale.ROOT);
      Integer number = port.port();
      if (written.equals(protocol) && number != null) {
        all.add(String.valueOf(number));
      }
    }
    for (Interface.PortRange range : asked.portRanges()) {
      if (range.protocol().toLowerCase(Locale.ROOT).equals(protocol)) {
        all.add(range.start() + "-" + range.end());
      }
    }
    return all.stream().distinct().collect(Collectors.joining(", "));
  }
}
