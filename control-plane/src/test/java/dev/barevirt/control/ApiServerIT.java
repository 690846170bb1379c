package dev.barevirt.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.control.admission.Recorded;
import dev.barevirt.control.admission.Recorded.Outcome;
import dev.barevirt.control.http.Certificates;
import dev.barevirt.control.http.TlsIdentity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The webhooks, the aggregated API and the policies, each asked by a real API server. */
class ApiServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path MANIFESTS = Path.of("..", "manifests", "base");
  private static final String AGENT = "system:serviceaccount:kubevirt:kubevirt-handler";
  // Part of a header's name.
  private static final String NODE = "authentication.kubernetes.io%2Fnode-name";

  /** Cases judged otherwise, which docs/compatibility.md lists with the reason. */
  private static final List<String> DIFFERENT = List.of("vol-hostdisk-nopath");

  @TempDir private static Path directory;
  // Webhooks are asked about all namespaces, so this server is nobody else's.
  private static dev.barevirt.kube.ApiServer kubernetes;
  private static KubernetesClient client;
  private static KubernetesClient account;
  private static ApiServer ours;
  private static Certificates certificates;

  @BeforeAll
  static void install() throws Exception {
    kubernetes = dev.barevirt.kube.ApiServer.start();
    client = kubernetes.client();
    certificates =
        new Certificates(directory, "ip:" + kubernetes.hostAddress(), "dns:virt-api.kubevirt.svc");
    TlsIdentity identity = certificates.identity("virt-api.kubevirt.svc");
    account = as("system:serviceaccount:kubevirt:kubevirt-apiserver", Map.of());
    ours =
        new ApiServer(
            account,
            "kubevirt",
            0,
            new ApiServer.Trust(
                () -> identity, () -> identity, () -> List.of(certificates.authority())),
            Clock.systemUTC());
    apply("webhooks.yaml", ApiServerIT::pointed);
    apply("virt-api.yaml", ApiServerIT::pointed);
    apply("node-restriction.yaml", document -> document);
    service();
    client
        .resource(
            """
            apiVersion: kubevirt.io/v1
            kind: KubeVirt
            metadata: {name: kubevirt}
            spec: {}
            """)
        .inNamespace("kubevirt")
        .create();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> get("/apis/subresources.kubevirt.io/v1/version").has("gitVersion"));
  }

  @AfterAll
  static void remove() {
    if (ours != null) {
      ours.close();
    }
    if (account != null) {
      account.close();
    }
    if (client != null) {
      client.close();
    }
    if (kubernetes != null) {
      kubernetes.close();
    }
  }

  private interface Change {
    JsonNode of(JsonNode document);
  }

  private static void apply(String manifest, Change change) throws IOException {
    // The rest of a file is what a cluster runs, and here this JVM does.
    List<String> wanted =
        List.of(
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "APIService",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");
    List<HasMetadata> objects =
        read(manifest).stream().filter(found -> wanted.contains(found.getKind())).toList();
    assertThat(objects).isNotEmpty();
    for (HasMetadata found : objects) {
      JsonNode document = change.of(JSON.valueToTree(found));
      client
          .resource(
              client.getKubernetesSerialization().unmarshal(document.toString(), HasMetadata.class))
          .serverSideApply();
    }
  }

  private static List<HasMetadata> read(String manifest) throws IOException {
    try (var stream = Files.newInputStream(MANIFESTS.resolve(manifest))) {
      return client.load(stream).items();
    }
  }

  /** Tells the API server our authority, and for webhooks where this JVM is. */
  private static JsonNode pointed(JsonNode document) {
    String bundle =
        Base64.getEncoder()
            .encodeToString(
                Certificates.pem(List.of(certificates.authority()))
                    .getBytes(StandardCharsets.US_ASCII));
    for (JsonNode webhook : document.path("webhooks")) {
      var config = (ObjectNode) webhook.get("clientConfig");
      String path = config.get("service").get("path").asText();
      config.remove("service");
      config.put("url", "https://" + kubernetes.hostAddress() + ":" + ours.port() + path);
      config.put("caBundle", bundle);
    }
    if (document.path("kind").asText().equals("APIService")) {
      ((ObjectNode) document.get("spec")).put("caBundle", bundle);
    }
    return document;
  }

  private static void service() {
    String objects =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: virt-api, namespace: kubevirt}
        spec: {ports: [{name: api, port: 443, targetPort: %2$d}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: virt-api, namespace: kubevirt, labels: {kubernetes.io/service-name: virt-api}}
        addressType: IPv4
        ports: [{name: api, port: %2$d}]
        endpoints: [{addresses: ["%1$s"], conditions: {ready: true}}]
        """
            .formatted(kubernetes.hostAddress(), ours.port());
    client
        .load(new ByteArrayInputStream(objects.getBytes(StandardCharsets.UTF_8)))
        .serverSideApply();
  }

  @Test
  void recordedManifestsAreJudgedAsTheyWereJudged() throws IOException {
    Map<String, String> different = new LinkedHashMap<>();
    for (Map.Entry<String, Map<?, ?>> recorded : Recorded.cases().entrySet()) {
      Outcome theirs = Recorded.verdict(recorded.getValue());
      Outcome found = created(Recorded.map(recorded.getValue().get("object")));
      // A schema names fields in its own way; that it refuses is what counts.
      boolean bySchema = theirs instanceof Outcome.Refused(var fields) && fields.isEmpty();
      boolean same = bySchema ? found instanceof Outcome.Refused : found.equals(theirs);
      if (!same) {
        different.put(recorded.getKey(), found + " and not " + theirs);
      }
    }
    assertThat(different).containsOnlyKeys(DIFFERENT);
  }

  private static Outcome created(Map<?, ?> object) throws IOException {
    String kind = String.valueOf(object.get("kind"));
    String plural = kind.toLowerCase(Locale.ROOT) + "s";
    try {
      String stored =
          client.raw(
              "/apis/kubevirt.io/v1/namespaces/default/"
                  + plural
                  + "?dryRun=All&fieldValidation=Strict",
              "POST",
              object);
      return Recorded.accepted(JSON.convertValue(JSON.readTree(stored).get("spec"), Object.class));
    } catch (KubernetesClientException e) {
      var status = e.getStatus();
      if (status == null || status.getDetails() == null) {
        return Recorded.refused(List.of());
      }
      List<Object> causes = new ArrayList<>();
      Objects.requireNonNullElse(status.getDetails().getCauses(), List.of())
          .forEach(cause -> causes.add(JSON.convertValue(cause, Object.class)));
      return Recorded.refused(causes);
    }
  }

  @Test
  void aMachineIsStartedThroughTheApiServer() throws IOException {
    String namespace = kubernetes.createNamespace();
    client.raw(
        "/apis/kubevirt.io/v1/namespaces/" + namespace + "/virtualmachines",
        "POST",
        JSON.readValue(
            """
            {"apiVersion":"kubevirt.io/v1","kind":"VirtualMachine","metadata":{"name":"m"},
            "spec":{"runStrategy":"Halted","template":{"spec":{"domain":{"devices":{},
            "memory":{"guest":"64Mi"}}}}}}
            """,
            Map.class));
    String machine = "/virtualmachines/m";
    String base = "/apis/subresources.kubevirt.io/v1/namespaces/" + namespace;

    client.raw(base + machine + "/start", "PUT", Map.of());

    assertThat(
            get("/apis/kubevirt.io/v1/namespaces/" + namespace + machine)
                .at("/spec/runStrategy")
                .asText())
        .isEqualTo("Always");
    assertThatThrownBy(() -> client.raw(base + machine + "/start", "PUT", Map.of()))
        .hasMessageContaining("Always does not support manual start requests");
    assertThatThrownBy(() -> client.raw(base + "/virtualmachineinstances/m/console", "GET", null))
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void aRequestUnderWayIsAskedForOnceOnly() throws IOException {
    String namespace = kubernetes.createNamespace();
    String machine = "/namespaces/" + namespace + "/virtualmachines/m";
    client.raw(
        "/apis/kubevirt.io/v1/namespaces/" + namespace + "/virtualmachines",
        "POST",
        JSON.readValue(
            """
            {"apiVersion":"kubevirt.io/v1","kind":"VirtualMachine","metadata":{"name":"m"},
            "spec":{"runStrategy":"Manual","template":{"spec":{"domain":{"devices":{},
            "memory":{"guest":"64Mi"}}}}}}
            """,
            Map.class));
    String start = "/apis/subresources.kubevirt.io/v1" + machine + "/start";

    client.raw(start, "PUT", Map.of("paused", true));

    assertThat(get("/apis/kubevirt.io/v1" + machine).at("/status/stateChangeRequests"))
        .hasToString("[{\"action\":\"Start\",\"data\":{\"paused\":\"true\"}}]");
    assertThatThrownBy(() -> client.raw(start, "PUT", Map.of()))
        .hasMessageContaining("unable to complete request: stop/start already underway");
  }

  @Test
  void aStreamGoesThroughTheApiServer() throws Exception {
    String namespace = kubernetes.createNamespace();
    try (ServerSocket guest =
            new ServerSocket(0, 1, InetAddress.getByName(kubernetes.hostAddress()));
        HttpClient viewer = HttpClient.newBuilder().sslContext(trusting()).build()) {
      instance(
          namespace, "{\"interfaces\":[{\"ipAddress\":\"" + kubernetes.hostAddress() + "\"}]}");
      CompletableFuture<String> read = new CompletableFuture<>();
      WebSocket stream =
          dial(viewer, namespace, "portforward/" + guest.getLocalPort(), read).join();
      try (Socket accepted = guest.accept()) {
        stream.sendBinary(ByteBuffer.wrap(new byte[] {'p', 'i', 'n', 'g'}), true).join();
        assertThat(accepted.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
        accepted.getOutputStream().write(new byte[] {'p', 'o', 'n', 'g'});
        assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo("pong");
      }
      assertThat(stream.getSubprotocol()).isEqualTo("plain.kubevirt.io");
      assertThatThrownBy(() -> dial(viewer, namespace, "console", read).join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(WebSocketHandshakeException.class)
          .satisfies(
              e ->
                  assertThat(
                          ((WebSocketHandshakeException) Objects.requireNonNull(e.getCause()))
                              .getResponse()
                              .statusCode())
                      .isEqualTo(400));
    }
  }

  private static CompletableFuture<WebSocket> dial(
      HttpClient viewer, String namespace, String verb, CompletableFuture<String> read) {
    String address =
        client.getMasterUrl().toString().replace("https", "wss")
            + "apis/subresources.kubevirt.io/v1/namespaces/"
            + namespace
            + "/virtualmachineinstances/i/"
            + verb;
    return viewer
        .newWebSocketBuilder()
        .header("Authorization", "Bearer " + client.getConfiguration().getOauthToken())
        .subprotocols("plain.kubevirt.io")
        .buildAsync(
            URI.create(address),
            new WebSocket.Listener() {
              @Override
              public @Nullable CompletionStage<?> onBinary(
                  WebSocket socket, ByteBuffer data, boolean last) {
                read.complete(StandardCharsets.UTF_8.decode(data).toString());
                socket.request(1);
                return null;
              }
            });
  }

  private static SSLContext trusting() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    byte[] authority = Base64.getDecoder().decode(client.getConfiguration().getCaCertData());
    store.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(authority)));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** An instance whose status our own processes have written. */
  private static void instance(String namespace, String status) throws IOException {
    instance(namespace, "None", status);
  }

  private static void instance(String namespace, String evictionStrategy, String status)
      throws IOException {
    client.raw(
        "/apis/kubevirt.io/v1/namespaces/" + namespace + "/virtualmachineinstances",
        "POST",
        JSON.readValue(
            """
            {"apiVersion":"kubevirt.io/v1","kind":"VirtualMachineInstance","metadata":{"name":"i"},
            "spec":{"evictionStrategy":"%s","domain":{"devices":{},"memory":{"guest":"64Mi"}}}}
            """
                .formatted(evictionStrategy),
            Map.class));
    try (KubernetesClient controller =
        as("system:serviceaccount:kubevirt:kubevirt-controller", Map.of())) {
      patch(controller, namespace, "{\"status\":" + status + "}");
    }
  }

  private static KubernetesClient as(String user, Map<String, List<String>> extra) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(kubernetes.config())
                .withImpersonateUsername(user)
                .withImpersonateGroups("system:masters")
                .withImpersonateExtras(extra)
                .build())
        .build();
  }

  private static void patch(KubernetesClient by, String namespace, String patch) {
    by.resources(VirtualMachineInstanceResource.class)
        .inNamespace(namespace)
        .withName("i")
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  @Test
  void aUserDoesNotWriteAnInstancesStatus() throws IOException {
    String namespace = kubernetes.createNamespace();
    instance(namespace, "{\"phase\":\"Scheduled\"}");
    try (KubernetesClient user = as("ann", Map.of())) {
      patch(user, namespace, "{\"status\":{\"phase\":\"Failed\"}}");
    }
    assertThat(
            get("/apis/kubevirt.io/v1/namespaces/" + namespace + "/virtualmachineinstances/i")
                .at("/status/phase")
                .asText())
        .isEqualTo("Scheduled");
  }

  @Test
  void anEvictionIsAnsweredByTheInstancesStrategy() throws IOException {
    String namespace = kubernetes.createNamespace();
    instance(namespace, "External", "{\"nodeName\":\"n1\",\"phase\":\"Running\"}");
    String vmi = "/apis/kubevirt.io/v1/namespaces/" + namespace + "/virtualmachineinstances/i";
    client
        .load(
            new ByteArrayInputStream(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: virt-launcher-i-1
                  namespace: %s
                  labels: {kubevirt.io: virt-launcher}
                  ownerReferences:
                  - {apiVersion: kubevirt.io/v1, kind: VirtualMachineInstance, name: i, uid: %s, controller: true}
                spec: {nodeName: n1, containers: [{name: compute, image: none}]}
                """
                    .formatted(namespace, get(vmi).at("/metadata/uid").asText())
                    .getBytes(StandardCharsets.UTF_8)))
        .create();
    assertThatThrownBy(() -> evict(namespace, "?dryRun=All"))
        .hasMessageContaining("Eviction triggered evacuation of VMI");
    assertThat(get(vmi).at("/status/evacuationNodeName").isMissingNode())
        .as("a trial writes nothing")
        .isTrue();
    assertThatThrownBy(() -> evict(namespace, ""))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(429))
        .hasMessageContaining("Eviction triggered evacuation of VMI \"" + namespace + "/i\"");
    assertThat(get(vmi).at("/status/evacuationNodeName").asText()).isEqualTo("n1");
    assertThatThrownBy(() -> evict(namespace, "")).hasMessageContaining("Evacuation in progress: ");
  }

  private static void evict(String namespace, String query) {
    client.raw(
        "/api/v1/namespaces/" + namespace + "/pods/virt-launcher-i-1/eviction" + query,
        "POST",
        Map.of(
            "apiVersion",
            "policy/v1",
            "kind",
            "Eviction",
            "metadata",
            Map.of("name", "virt-launcher-i-1", "namespace", namespace)));
  }

  @Test
  void aNodeAgentWritesInstancesOfItsNodeOnly() throws IOException {
    String namespace = kubernetes.createNamespace();
    instance(namespace, "{\"nodeName\":\"n1\",\"phase\":\"Scheduled\"}");
    try (KubernetesClient own = as(AGENT, Map.of(NODE, List.of("n1")));
        KubernetesClient other = as(AGENT, Map.of(NODE, List.of("n2")));
        KubernetesClient nameless = as(AGENT, Map.of())) {
      patch(own, namespace, "{\"status\":{\"phase\":\"Running\"}}");
      refused(other, namespace, "{\"status\":{\"phase\":\"Failed\"}}", "not on the node agent's");
      refused(
          nameless, namespace, "{\"status\":{\"phase\":\"Failed\"}}", "not on the node agent's");
      refused(own, namespace, "{\"spec\":{\"hostname\":\"x\"}}", "what is asked for");
      refused(own, namespace, "{\"status\":{\"nodeName\":\"n2\"}}", "where an instance runs");
      refused(
          own,
          namespace,
          "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}",
          "does not change the labels");
    }
  }

  private static void refused(KubernetesClient by, String namespace, String patch, String why) {
    assertThatThrownBy(() -> patch(by, namespace, patch))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403))
        .hasMessageContaining(why);
  }

  @Test
  void aNodeAgentLabelsItsOwnNodeOnly() {
    for (String name : List.of("n1", "n2")) {
      client
          .load(
              new ByteArrayInputStream(
                  ("apiVersion: v1\nkind: Node\nmetadata: {name: " + name + "}")
                      .getBytes(StandardCharsets.UTF_8)))
          .serverSideApply();
    }
    try (KubernetesClient agent = as(AGENT, Map.of(NODE, List.of("n1")))) {
      label(agent, "n1", "labels", "kubevirt.io/schedulable");
      label(agent, "n1", "labels", "cpu-model.node.kubevirt.io/x");
      label(agent, "n1", "annotations", "kubevirt.io/heartbeat");
      for (List<String> wrong :
          List.of(
              List.of("n2", "labels", "kubevirt.io/schedulable"),
              List.of("n1", "labels", "xkubevirt.io/schedulable"),
              List.of("n1", "labels", "kubevirt.io.evil/schedulable"),
              List.of("n1", "labels", "a.kubevirt.io/b"),
              List.of("n1", "annotations", "kubevirt.io.evil/heartbeat"))) {
        assertThatThrownBy(() -> label(agent, wrong.get(0), wrong.get(1), wrong.get(2)))
            .as(wrong.toString())
            .isInstanceOfSatisfying(
                KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
      }
    }
  }

  private static void label(KubernetesClient by, String node, String where, String key) {
    by.nodes()
        .withName(node)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"%s\":{\"%s\":\"true\"}}}".formatted(where, key));
  }

  private static JsonNode get(String path) throws IOException {
    return JSON.readTree(client.raw(path));
  }
}
