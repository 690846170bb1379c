package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.api.v1.source.Network;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Networks: named once, with one source, each with an interface. */
final class NetworkRule implements VmiRule {
  private static final Pattern IPV4_RANGE =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.|/)){4}([12]?[0-9]|3[0-2])");
  private static final Pattern IPV6_RANGE =
      Pattern.compile("[0-9a-fA-F:]{2,39}/([1-9]?[0-9]|1[01][0-9]|12[0-8])");

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    List<Network> networks = spec.networks();
    FieldPath path = at.field("networks");
    Set<String> connected =
        spec.domain().devices().interfaces().stream()
            .map(Interface::name)
            .collect(Collectors.toSet());
    Set<String> names = new HashSet<>();
    for (int i = 0; i < networks.size(); i++) {
      Network network = networks.get(i);
      FieldPath place = path.index(i);
      if (network.name().isEmpty()) {
        found.required(place.field("name"), "Network name is mandatory");
      } else if (!names.add(network.name())) {
        found.duplicate(
            place.field("name"),
            "Network with name %s already exists, every network must have a"
                    .formatted(Words.shown(network.name()))
                + " unique name");
      } else if (!connected.contains(network.name())) {
        found.required(
            place.field("name"),
            place.field("name") + " '" + Words.shown(network.name()) + "' not found.");
      }
      source(network, place, found);
    }
    if (networks.stream().filter(network -> network.pod() != null).count() > 1) {
      found.duplicate(path, "more than one interface is connected to a pod network in " + path);
    }
    long defaults =
        networks.stream()
            .map(Network::multus)
            .filter(Objects::nonNull)
            .filter(multus -> Boolean.TRUE.equals(multus.defaultNetwork()))
            .count();
    boolean pod = networks.stream().anyMatch(network -> network.pod() != null);
    if (defaults > 1 || (defaults == 1 && pod)) {
      found.invalid(
          path,
          "Pod network cannot be defined when Multus default network is defined, and"
              + " there is at most one of those");
    }
  }

  private static void source(Network network, FieldPath place, Findings found) {
    long sources =
        Stream.of(network.pod(), network.multus(), network.resourceClaim())
            .filter(Objects::nonNull)
            .count();
    if (sources == 0) {
      found.required(place, "should have a network type");
    } else if (sources > 1) {
      found.required(place, "should have only one network type");
    }
    if (network.multus() != null && network.multus().networkName().isEmpty()) {
      found.required(
          place.field("multus").field("networkName"),
          "CNI delegating plugin must have a networkName");
    }
    if (network.pod() != null) {
      range(
          network.pod().vmNetworkCIDR(),
          IPV4_RANGE,
          place.field("pod").field("vmNetworkCIDR"),
          found);
      range(
          network.pod().vmIPv6NetworkCIDR(),
          IPV6_RANGE,
          place.field("pod").field("vmIPv6NetworkCIDR"),
          found);
    }
  }

  private static void range(
      @Nullable String written, Pattern pattern, FieldPath path, Findings found) {
    String range = Words.orEmpty(written);
    if (!range.isEmpty() && !pattern.matcher(range).matches()) {
      found.invalid(path, "'" + Words.shown(range) + "' is not a range of addresses");
    }
  }
}
