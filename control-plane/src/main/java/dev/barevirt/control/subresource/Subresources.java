package dev.barevirt.control.subresource;

import dev.barevirt.api.rules.ClusterSettings.FeatureGate;
import dev.barevirt.control.http.Dialer;
import dev.barevirt.control.http.HttpHandler;
import dev.barevirt.control.http.Peer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Puts the aggregated API together. */
public final class Subresources {
  private Subresources() {}

  /** What the installation's object says, at each moment. */
  public interface Installation {
    /** Its resource version; empty when there is none. */
    String configurationVersion();

    /** The gates that are open. */
    Set<FeatureGate> openGates();

    /** The key of the taint that nodes get which are drained. */
    String drainTaint();
  }

  /**
   * The aggregated API.
   *
   * @param client talks to the cluster's API server
   * @param proxy how that server shows who it is
   * @param dialer reaches agents and guests
   * @param agents the address of the agent on a node
   * @param installation what is configured
   */
  public static HttpHandler of(
      KubernetesClient client,
      Supplier<FrontProxySettings> proxy,
      Dialer dialer,
      Function<String, Optional<String>> agents,
      Installation installation) {
    Machines machines = new ClusterMachines(client);
    NodeAgents nodeAgents = new DialedNodeAgents(dialer, agents);
    InstanceStreams.Ports ports =
        new InstanceStreams.Ports() {
          @Override
          public Peer tcp(String host, int port, Duration deadline) {
            return dialer.tcp(host, port, deadline);
          }

          @Override
          public Peer udp(String host, int port, Duration deadline) {
            return dialer.udp(host, port, deadline);
          }
        };
    return new SubresourceApi(
        new FrontProxy(proxy),
        new ClusterAccessReview(client),
        new Discovery(
            () ->
                new Discovery.Health(
                    client.getKubernetesVersion().getGitVersion(),
                    installation.configurationVersion())),
        new SubresourceActs(
            new MachineVerbs(machines),
            new InstanceVerbs(machines, nodeAgents),
            new InstanceStreams(machines, nodeAgents, ports),
            new Expansion(machines),
            new Evacuations(machines, node -> hasTaint(client, node, installation.drainTaint())),
            installation::openGates));
  }

  private static boolean hasTaint(KubernetesClient client, String node, String taint) {
    return Optional.ofNullable(client.nodes().withName(node).get())
        .map(found -> found.getSpec().getTaints())
        .orElse(List.of())
        .stream()
        .anyMatch(found -> taint.equals(found.getKey()));
  }
}
