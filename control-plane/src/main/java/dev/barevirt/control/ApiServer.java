package dev.barevirt.control;

import dev.barevirt.control.admission.AdmissionApi;
import dev.barevirt.control.http.Dialer;
import dev.barevirt.control.http.HttpFront;
import dev.barevirt.control.http.HttpHandler;
import dev.barevirt.control.http.Loop;
import dev.barevirt.control.http.TlsIdentity;
import dev.barevirt.control.subresource.FrontProxySettings;
import dev.barevirt.control.subresource.Subresources;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The webhooks and the aggregated API behind one port. */
public final class ApiServer implements AutoCloseable {
  private static final int LARGEST_REQUEST = 8 << 20;
  private static final Duration START = Duration.ofMinutes(5);

  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final HttpFront front;

  /**
   * What the server shows and believes.
   *
   * @param server who it is to its clients
   * @param agentClient who it is to agents
   * @param authorities who stands for agents
   */
  public record Trust(
      Supplier<TlsIdentity> server,
      Supplier<TlsIdentity> agentClient,
      Supplier<List<X509Certificate>> authorities) {}

  /**
   * Serves until it is closed.
   *
   * @param client talks to the cluster's API server; stays open
   * @param namespace where the control plane lives
   * @param port the port; any free one when 0
   */
  public ApiServer(KubernetesClient client, String namespace, int port, Trust trust, Clock clock)
      throws InterruptedException {
    LiveCluster cluster = LiveCluster.follow(client, namespace);
    undo.push(cluster::close);
    LiveObject<FrontProxySettings> proxy =
        LiveObject.follow(
            client
                .configMaps()
                .inNamespace("kube-system")
                .withName("extension-apiserver-authentication"),
            "ConfigMap extension-apiserver-authentication",
            found -> FrontProxySettings.of(found.getData()));
    undo.push(proxy::close);
    proxy.await(START);
    Loop loop = new Loop();
    undo.push(loop::close);
    Dialer dialer = new Dialer(loop, trust.agentClient(), trust.authorities());
    undo.push(dialer::close);
    AdmissionApi admission = new AdmissionApi(cluster, namespace, clock);
    HttpHandler subresources = Subresources.of(client, proxy, dialer, cluster::agentOn, cluster);
    HttpHandler all =
        request ->
            admission.has(request.path())
                ? admission.answer(request)
                : subresources.answer(request);
    this.front =
        HttpFront.open(
            loop, new HttpFront.Address("0.0.0.0", port, LARGEST_REQUEST), trust.server(), all);
    undo.push(front::close);
  }

  /** The port it listens on. */
  public int port() {
    return front.port();
  }

  /** What the installation's own certificates say, once they are all there. */
  static Trust trustOf(KubernetesClient client, String namespace) throws InterruptedException {
    LiveObject<TlsIdentity> server = identity(client, namespace, "kubevirt-virt-api-certs");
    LiveObject<TlsIdentity> agentClient =
        identity(client, namespace, "kubevirt-virt-api-handler-client-certs");
    LiveObject<List<X509Certificate>> authorities =
        LiveObject.follow(
            client.configMaps().inNamespace(namespace).withName("kubevirt-ca"),
            "ConfigMap kubevirt-ca",
            found -> TlsIdentity.certificates(found.getData().getOrDefault("ca-bundle", "")));
    return new Trust(server.await(START), agentClient.await(START), authorities.await(START));
  }

  private static LiveObject<TlsIdentity> identity(
      KubernetesClient client, String namespace, String name) {
    return LiveObject.follow(
        client.secrets().inNamespace(namespace).withName(name),
        "Secret " + name,
        secret -> TlsIdentity.fromPem(text(secret, "tls.crt"), text(secret, "tls.key")));
  }

  private static String text(Secret secret, String key) {
    Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
    byte[] bytes = Base64.getDecoder().decode(data.getOrDefault(key, ""));
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }
}
