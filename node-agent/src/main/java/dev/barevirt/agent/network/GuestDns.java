package dev.barevirt.agent.network;

import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Who resolves names for a guest, and where unqualified names are searched.
 *
 * <p>A pod's own file with these could have been changed by the pod; the agent's is as good a
 * source, because the kubelet gives every pod with the usual policy the same servers, and domains
 * that differ in the namespace only.
 *
 * @param nameservers the servers
 * @param searchDomains the domains
 */
public record GuestDns(List<String> nameservers, List<String> searchDomains) {
  private static final int MOST_SERVERS = 3;
  private static final String SERVICES = ".svc.";

  public GuestDns {
    nameservers = List.copyOf(nameservers);
    searchDomains = List.copyOf(searchDomains);
  }

  /** Reads the file that the C library's resolver reads. */
  public static GuestDns parse(List<String> lines) {
    List<String> servers = new ArrayList<>();
    List<String> domains = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+", -1);
      if (words[0].equals("nameserver") && words.length > 1 && servers.size() < MOST_SERVERS) {
        servers.add(words[1]);
      } else if (words[0].equals("search")) {
        domains.clear();
        domains.addAll(List.of(words).subList(1, words.length));
      }
    }
    return new GuestDns(servers, domains);
  }

  /** What a guest in a namespace is told, given that this is what the agent's own pod was told. */
  GuestDns forGuest(String namespace, VirtualMachineInstanceSpec spec) {
    boolean none = "None".equals(spec.dnsPolicy());
    List<String> servers = new ArrayList<>();
    List<String> domains = new ArrayList<>();
    if (!none) {
      servers.addAll(nameservers);
      searchDomains.stream().map(domain -> ofNamespace(domain, namespace)).forEach(domains::add);
    }
    if (spec.dnsConfig() != null) {
      servers.addAll(spec.dnsConfig().nameservers());
      domains.addAll(spec.dnsConfig().searches());
    }
    return new GuestDns(
        servers.stream().distinct().limit(MOST_SERVERS).toList(),
        domains.stream().distinct().toList());
  }

  private static String ofNamespace(String domain, String namespace) {
    int at = domain.indexOf(SERVICES);
    return at < 0 ? domain : namespace + domain.substring(at);
  }
}
