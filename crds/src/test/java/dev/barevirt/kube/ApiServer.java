package dev.barevirt.kube;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/// A real API server that knows our kinds: etcd and kube-apiserver in a container, from an image
/// that `manifests/images/api-server` makes of the cluster's own programs. Nothing is pulled. Where
/// none can run the test is skipped, which CI counts as a failure.
///
/// ```java
/// private static ApiServer server;
///
/// @BeforeAll
/// static void connect() {                                  // not in an initializer: it may skip the test
///   server = ApiServer.shared();                           // one per JVM, for all ITs of a module
/// }
///
/// KubernetesClient client = server.client();               // may do everything; the caller closes it
/// String namespace = server.createNamespace();             // one of the test's own
/// ```
///
/// There is no controller manager, no scheduler and no kubelet: a pod stays as the test leaves it,
/// nothing collects garbage, a namespace that is deleted stays `Terminating`, pods need no service
/// account. The server reaches this JVM at [#hostAddress()], for webhooks and aggregated APIs; it
/// asks addresses of endpoints directly, not services.
public final class ApiServer implements AutoCloseable {
  private static final int PORT = 6443;
  static final String OWNER = "dev.barevirt.test.process";
  private static final Duration START = Duration.ofMinutes(2);

  private final GenericContainer<?> container;
  private final String authority;

  private ApiServer(GenericContainer<?> container, String authority) {
    this.container = container;
    this.authority = authority;
  }

  /// The server that all tests of this JVM share; it goes when the JVM ends. Tests keep apart by
  /// namespaces.
  public static ApiServer shared() {
    return Shared.SERVER.orElseGet(
        () -> {
          throw Assumptions.<IllegalStateException>abort(Shared.REASON);
        });
  }

  /// A server of one's own, for tests that change what belongs to no namespace.
  @SuppressWarnings("resource") // the container is closed with the server
  public static ApiServer start() {
    removeOrphans();
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image()))
            .withImagePullPolicy(name -> false)
            .withLabel(OWNER, Long.toString(ProcessHandle.current().pid()))
            .withTmpFs(Map.of("/tmp", "rw"))
            .withExtraHost("host.docker.internal", "host-gateway")
            .withExposedPorts(PORT)
            .waitingFor(
                Wait.forHttps("/readyz").forPort(PORT).allowInsecure().withStartupTimeout(START));
    container.start();
    try {
      String authority =
          container.copyFileFromContainer(
              "/pki/ca.crt", stream -> Base64.getEncoder().encodeToString(stream.readAllBytes()));
      ApiServer server = new ApiServer(container, authority);
      server.applyDefinitions();
      return server;
    } catch (RuntimeException | Error e) {
      container.stop();
      throw e;
    }
  }

  /// How a client speaks to this server as somebody who may do everything; impersonate to be
  /// somebody else.
  public Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("https://localhost:" + container.getMappedPort(PORT))
        .withCaCertData(authority)
        .withOauthToken("tester")
        .withNamespace("default")
        .build();
  }

  public KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  /// The same as a file for kubectl and for processes.
  public String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: test
          cluster: {server: "%s", certificate-authority-data: %s}
        users:
        - name: tester
          user: {token: tester}
        contexts:
        - name: test
          context: {cluster: test, user: tester}
        current-context: test
        """
        .formatted(config().getMasterUrl(), authority);
  }

  /// Makes a namespace with a name of its own.
  public String createNamespace() {
    Namespace namespace =
        new NamespaceBuilder().withNewMetadata().withGenerateName("test-").endMetadata().build();
    try (KubernetesClient client = client()) {
      return client.resource(namespace).create().getMetadata().getName();
    }
  }

  /// Where the server finds this JVM: an address that an endpoint of a service may have.
  public String hostAddress() {
    return container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
        .map(network -> Optional.ofNullable(network.getGateway()).orElse(""))
        .filter(gateway -> !gateway.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    container.stop();
  }

  private void applyDefinitions() {
    try (KubernetesClient client = client();
        Stream<Path> files = Files.list(tree().resolve("crds/generated"))) {
      List<CustomResourceDefinition> definitions =
          files.sorted().map(file -> definition(client, file)).toList();
      definitions.forEach(each -> client.resource(each).forceConflicts().serverSideApply());
      definitions.forEach(
          each ->
              client
                  .resource(each)
                  .waitUntilCondition(ApiServer::isEstablished, 60, TimeUnit.SECONDS));
      Namespace own =
          new NamespaceBuilder().withNewMetadata().withName("kubevirt").endMetadata().build();
      client.resource(own).serverSideApply();
    } catch (IOException e) {
      throw new IllegalStateException("the definitions in crds/generated could not be read", e);
    }
  }

  private static CustomResourceDefinition definition(KubernetesClient client, Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      return client.apiextensions().v1().customResourceDefinitions().load(stream).item();
    } catch (IOException e) {
      throw new IllegalStateException(file + " could not be read", e);
    }
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions() != null // a server writes null for none
        && definition.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }

  /// Servers whose test was killed before it could close them.
  private static void removeOrphans() {
    for (String line :
        Command.lines(
            tree(),
            "docker",
            "ps",
            "--all",
            "--format",
            "{{.ID}} {{.Label \"" + OWNER + "\"}}",
            "--filter",
            "label=" + OWNER)) {
      String[] words = line.split(" ", 2);
      if (ProcessHandle.of(Long.parseLong(words[1])).isEmpty()) {
        Command.lines(tree(), "docker", "rm", "--force", "--volumes", words[0]);
      }
    }
  }

  static String image() {
    return Command.lines(tree(), "manifests/images/api-server").getLast();
  }

  private static Path tree() {
    return Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
        .filter(path -> Files.isExecutable(path.resolve("manifests/images/api-server")))
        .findFirst()
        .orElseThrow();
  }

  /// Started on first use, once, whether that works or not.
  private static final class Shared {
    static final Optional<ApiServer> SERVER;
    static final String REASON;

    static {
      Optional<ApiServer> server = Optional.empty();
      String reason = "";
      try {
        image();
        ApiServer started = start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "api-server-stop"));
        server = Optional.of(started);
      } catch (Command.Failed e) {
        reason = "no API server can run here: " + e.getMessage();
      }
      SERVER = server;
      REASON = reason;
    }
  }
}
