package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.api.v1.source.Network;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Network interfaces: each connected to one network, in a way that network allows. */
final class InterfaceRule implements VmiRule {
  private static final Set<String> MODELS =
      Set.of("virtio", "e1000", "e1000e", "igb", "ne2k_pci", "pcnet", "rtl8139");
  private static final Set<String> STATES = Set.of("up", "down", "absent");
  private static final int MOST = 256;

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    List<Interface> interfaces = spec.domain().devices().interfaces();
    FieldPath path = at.field("domain").field("devices").field("interfaces");
    if (interfaces.size() > MOST) {
      found.invalid(path, path + " list exceeds the " + MOST + " element limit in length");
      return;
    }
    Map<String, Network> networks =
        spec.networks().stream()
            .collect(Collectors.toMap(Network::name, Function.identity(), (first, _) -> first));
    Map<String, Integer> seen = new HashMap<>();
    Set<Integer> indexes = new HashSet<>();
    for (int i = 0; i < interfaces.size(); i++) {
      Interface card = interfaces.get(i);
      FieldPath place = path.index(i);
      name(card, place, found);
      if (seen.putIfAbsent(card.name(), i) != null) {
        found.duplicate(
            place.field("name"), "Only one interface can be connected to one specific network");
      }
      Network network = networks.get(card.name());
      if (network == null) {
        found.invalid(
            place.field("name"),
            place.field("name") + " '" + Words.shown(card.name()) + "' not found.");
      } else {
        binding(card, network, place, found);
      }
      settings(card, place, found);
      PortRules.check(card, place, found);
      if (card.acpiIndex() != null && card.acpiIndex() > 0 && !indexes.add(card.acpiIndex())) {
        found.invalid(place.field("acpiIndex"), "the ACPI index is already taken");
      }
    }
  }

  private static void name(Interface card, FieldPath place, Findings found) {
    if (!card.name().isEmpty() && !Words.isInterfaceName(card.name())) {
      found.invalid(
          place.field("name"),
          "Network interface name can only contain alphabetical characters, numbers, dashes (-) or"
              + " underscores (_)");
    }
  }

  private static void binding(Interface card, Network network, FieldPath place, Findings found) {
    long bindings =
        Stream.of(
                card.bridge(),
                card.slirp(),
                card.masquerade(),
                card.sriov(),
                card.macvtap(),
                card.passt(),
                card.passtBinding(),
                card.binding())
            .filter(Objects::nonNull)
            .count();
    if (bindings > 1) {
      found.invalid(place, place + " must have only one binding method");
    }
    boolean pod = network.pod() != null;
    if (card.masquerade() != null && !pod) {
      found.invalid(place.field("name"), "Masquerade interface only implemented with pod network");
    }
    if (card.passtBinding() != null && !pod) {
      found.invalid(place.field("name"), "passt only serves the pod network");
    }
    if (card.slirp() != null) {
      found.invalid(place.field("slirp"), "Slirp interface support has been discontinued");
    }
    if (card.macvtap() != null) {
      found.invalid(place.field("macvtap"), "Macvtap interface support has been discontinued");
    }
    if (card.passt() != null) {
      found.invalid(
          place.field("passt"), "Passt interface support has been discontinued, see passtBinding");
    }
    if (card.binding() != null && card.binding().name().isEmpty()) {
      found.required(place.field("binding").field("name"), "a binding plugin must be named");
    }
  }

  private static void settings(Interface card, FieldPath place, Findings found) {
    if (!Words.isBlank(card.model()) && !MODELS.contains(card.model())) {
      found.notSupported(
          place.field("model"),
          "interface %s uses model %s that is not supported."
              .formatted(place.field("name"), Words.shown(card.model())));
    }
    String mac = Words.orEmpty(card.macAddress());
    if (!mac.isEmpty() && !Words.isMac(mac)) {
      found.invalid(
          place.field("macAddress"),
          "interface %s has malformed MAC address (%s)."
              .formatted(place.field("name"), Words.shown(mac)));
    }
    String address = Words.orEmpty(card.pciAddress());
    if (!address.isEmpty() && !Words.isPciAddress(address)) {
      found.invalid(
          place.field("pciAddress"),
          "interface %s has malformed PCI address (%s)."
              .formatted(place.field("name"), Words.shown(address)));
    }
    if (!Words.isBlank(card.state()) && !STATES.contains(card.state())) {
      found.invalid(
          place.field("state"),
          "logical %s interface state value is unsupported: %s"
              .formatted(Words.shown(card.name()), Words.shown(card.state())));
    }
    if (card.acpiIndex() != null && card.acpiIndex() < 0) {
      found.invalid(place.field("acpiIndex"), "an ACPI index is not negative");
    }
  }
}
