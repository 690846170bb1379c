package dev.barevirt.control.subresource;

import dev.barevirt.control.http.Dialer;
import dev.barevirt.control.http.HttpHandler;
import dev.barevirt.control.http.Peer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Puts the aggregated API together. */
public final class Subresources {
  private Subresources() {}

  /**
   * The aggregated API.
   *
   * @param client talks to the cluster's API server
   * @param proxy how that server shows who it is
   * @param dialer reaches agents and guests
   * @param agents the address of the agent on a node
   * @param configurationVersion the resource version of the installation's object
   */
  public static HttpHandler of(
      KubernetesClient client,
      Supplier<FrontProxySettings> proxy,
      Dialer dialer,
      Function<String, Optional<String>> agents,
      Supplier<String> configurationVersion) {
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
                    client.getKubernetesVersion().getGitVersion(), configurationVersion.get())),
        new MachineVerbs(machines),
        new InstanceVerbs(machines, nodeAgents),
        new InstanceStreams(machines, nodeAgents, ports));
  }
}
