package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.device.Interface;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an interface serves and what it tells by DHCP. */
final class PortRules {
  private static final int HIGHEST = 65535;
  private static final Set<String> PROTOCOLS = Set.of("TCP", "UDP");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}");

  private PortRules() {}

  static void check(Interface card, FieldPath place, Findings found) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < card.ports().size(); i++) {
      port(card.ports().get(i), place.field("ports").index(i), names, found);
    }
    for (int i = 0; i < card.portRanges().size(); i++) {
      range(card.portRanges().get(i), place.field("portRanges").index(i), found);
    }
    if (card.dhcpOptions() != null) {
      dhcp(card.dhcpOptions(), place.field("dhcpOptions"), found);
    }
  }

  private static void port(
      Interface.Port port, FieldPath place, Set<String> names, Findings found) {
    int number = port.port() == null ? 0 : port.port();
    if (number == 0) {
      found.required(place.field("port"), "Port field is mandatory.");
    } else if (isOutside(number)) {
      found.invalid(place.field("port"), "Port field must be in range 0 < x < 65536.");
    }
    protocol(port.protocol(), place, found);
    String name = Words.orEmpty(port.name());
    if (!name.isEmpty() && !names.add(name)) {
      found.duplicate(place.field("name"), "Duplicate name of the port: " + Words.shown(name));
    }
    if (!name.isEmpty() && !Words.isDnsLabel(name)) {
      found.invalid(place.field("name"), "Invalid name of the port: " + Words.shown(name));
    }
  }

  private static boolean isOutside(int number) {
    return number < 1 || number > HIGHEST;
  }

  private static void protocol(@Nullable String protocol, FieldPath place, Findings found) {
    if (!Words.isBlank(protocol) && !PROTOCOLS.contains(protocol)) {
      found.invalid(place.field("protocol"), "Unknown protocol, only TCP or UDP allowed");
    }
  }

  private static void range(Interface.PortRange range, FieldPath place, Findings found) {
    int start = range.start() == null ? 0 : range.start();
    int end = range.end() == null ? 0 : range.end();
    if (isOutside(start)) {
      found.invalid(place.field("start"), "a port is between 1 and 65535");
    }
    if (isOutside(end) || end < start) {
      found.invalid(place.field("end"), "the last port is between the first and 65535");
    }
    if (range.protocol().isEmpty()) {
      found.required(place.field("protocol"), "a range of ports must have a protocol");
    }
    protocol(range.protocol(), place, found);
  }

  private static void dhcp(Interface.DhcpOptions options, FieldPath path, Findings found) {
    List<Interface.DhcpPrivateOption> own = options.privateOptions();
    Set<Integer> numbers = new HashSet<>();
    for (int i = 0; i < own.size(); i++) {
      FieldPath place = path.field("privateOptions").index(i);
      Integer written = own.get(i).option();
      int number = written == null ? 0 : written;
      if (number < 224 || number > 254) {
        found.invalid(
            place.field("option"),
            "provided DHCPPrivateOptions are out of range, must be in range 224 to 254");
      } else if (!numbers.add(number)) {
        found.invalid(
            place.field("option"),
            "Found Duplicates: you have provided duplicate" + " DHCPPrivateOptions");
      }
    }
    for (int i = 0; i < options.ntpServers().size(); i++) {
      if (!IPV4.matcher(options.ntpServers().get(i)).matches()) {
        found.invalid(
            path.field("ntpServers").index(i), "NTP servers must be valid IPv4 addresses");
      }
    }
  }
}
