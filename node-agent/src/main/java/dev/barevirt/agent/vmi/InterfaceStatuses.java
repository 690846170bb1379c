package dev.barevirt.agent.vmi;

import dev.barevirt.agent.network.GuestMac;
import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.api.v1.source.Network;
import dev.barevirt.api.v1.status.InterfaceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The interfaces of a running guest: as asked for, as connected, and as its agent tells. */
final class InterfaceStatuses {
  private static final int AT_MOST = 64;
  private static final String DOMAIN = "domain";
  private static final String GUEST_AGENT = "guest-agent";

  private InterfaceStatuses() {}

  static List<InterfaceStatus> of(Observed seen) {
    GuestReport report = seen.report();
    AgentReport agent =
        report == null || report.agent() == null ? AgentReport.ABSENT : report.agent();
    if (report == null) {
      return seen.status().interfaces(); // nothing new is known while no launcher is connected
    }
    List<InterfaceStatus> all = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (Interface asked : seen.vmi().spec().domain().devices().interfaces()) {
      if (!"absent".equals(asked.state())) {
        String mac = GuestMac.of(seen.vmi(), asked);
        known.add(mac);
        all.add(connected(seen, asked, mac, inGuest(agent, mac)));
      }
    }
    agent.interfaces().stream()
        .filter(extra -> extra.mac() != null && !known.contains(lower(extra.mac())))
        .filter(extra -> !extra.name().equals("lo"))
        .limit(AT_MOST - Math.min(AT_MOST, all.size()))
        .forEach(extra -> all.add(ofGuest(extra)));
    return all;
  }

  private static InterfaceStatus connected(
      Observed seen, Interface asked, String mac, Optional<AgentReport.Interface> inGuest) {
    boolean translated = asked.masquerade() != null;
    List<String> ofPod = onPodNetwork(seen, asked) ? podAddresses(seen.pod()) : List.of();
    List<String> ofGuest = inGuest.map(InterfaceStatuses::addresses).orElse(List.of());
    // Behind translation the guest's own address means nothing to anybody else.
    List<String> addresses = translated || ofGuest.isEmpty() ? ofPod : ofGuest;
    return new InterfaceStatus(
        addresses.isEmpty() ? null : addresses.getFirst(),
        mac,
        asked.name(),
        addresses,
        onPodNetwork(seen, asked) ? "eth0" : null,
        inGuest.map(AgentReport.Interface::name).orElse(null),
        inGuest.isPresent() ? DOMAIN + ", " + GUEST_AGENT : DOMAIN,
        1,
        "down".equals(asked.state()) ? "down" : "up");
  }

  private static InterfaceStatus ofGuest(AgentReport.Interface extra) {
    List<String> addresses = addresses(extra);
    return new InterfaceStatus(
        addresses.isEmpty() ? null : addresses.getFirst(),
        extra.mac(),
        null,
        addresses,
        null,
        extra.name(),
        GUEST_AGENT,
        null,
        null);
  }

  private static Optional<AgentReport.Interface> inGuest(AgentReport agent, String mac) {
    return agent.interfaces().stream()
        .filter(one -> one.mac() != null && lower(one.mac()).equals(mac))
        .findFirst();
  }

  private static List<String> addresses(AgentReport.Interface one) {
    return one.addresses().stream()
        .map(address -> address.replaceFirst("/.*", ""))
        .limit(AT_MOST)
        .toList();
  }

  private static List<String> podAddresses(@Nullable PodFacts pod) {
    return pod == null ? List.of() : pod.addresses();
  }

  private static boolean onPodNetwork(Observed seen, Interface asked) {
    return seen.vmi().spec().networks().stream()
        .filter(network -> network.name().equals(asked.name()))
        .map(Network::pod)
        .anyMatch(pod -> pod != null);
  }

  private static String lower(@Nullable String mac) {
    return mac == null ? "" : mac.toLowerCase(Locale.ROOT);
  }
}
