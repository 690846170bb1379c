package dev.barevirt.control;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role of the API: waits for its certificates and serves. */
final class ApiMain {
  private static final Logger LOG = LoggerFactory.getLogger(ApiMain.class);
  private static final int PORT = 8443;

  private ApiMain() {}

  static void run() throws InterruptedException {
    String namespace =
        Optional.ofNullable(System.getenv("POD_NAMESPACE"))
            .filter(text -> !text.isEmpty())
            .orElse("kubevirt");
    KubernetesClient client = new KubernetesClientBuilder().build();
    ApiServer server =
        new ApiServer(
            client, namespace, PORT, ApiServer.trustOf(client, namespace), Clock.systemUTC());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  client.close();
                },
                "shutdown"));
    LOG.atInfo().addKeyValue("namespace", namespace).addKeyValue("port", PORT).log("API serves");
  }
}
