package dev.barevirt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NetworkE2E {
  @RegisterExtension static final Cluster CLUSTER = new Cluster();

  private static List<String> nodes = List.of();

  @BeforeAll
  static void aPodOnEachNode() {
    nodes = Cluster.cli("nodes").lines().toList();
    nodes.forEach(node -> CLUSTER.apply(podOn(node)));
    CLUSTER.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec:
          ipFamilyPolicy: RequireDualStack
          selector: {app: web}
          ports: [{port: 80, targetPort: 8080}]
        """);
    nodes.forEach(CLUSTER::awaitReady);
  }

  @Test
  void everyPodHasAnAddressOfEachFamily() {
    assertThat(nodes)
        .allSatisfy(
            node ->
                assertThat(addresses(node)).hasSize(2).anyMatch(address -> address.contains(":")));
  }

  @Test
  void podsReachEachOtherAcrossNodes() {
    for (String from : nodes) {
      for (String to : nodes) {
        assertThat(addresses(to)).allSatisfy(it -> assertThat(fetch(from, it, 8080)).isEqualTo(to));
      }
    }
  }

  @Test
  void servicesAreReachedAtAnAddressOfEachFamily() {
    List<String> service =
        CLUSTER
            .client()
            .services()
            .inNamespace(CLUSTER.namespace())
            .withName("web")
            .get()
            .getSpec()
            .getClusterIPs();
    assertThat(service).hasSize(2);
    for (String from : nodes) {
      assertThat(service).allSatisfy(it -> assertThat(nodes).contains(fetch(from, it, 80)));
    }
  }

  @Test
  void servicesAreReachedByName() {
    for (String from : nodes) {
      assertThat(nodes).contains(fetch(from, "web", 80));
      assertThat(nodes)
          .contains(fetch(from, "web." + CLUSTER.namespace() + ".svc.cluster.local", 80));
    }
  }

  private static String podOn(String node) {
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %1$s, labels: {app: web}}
        spec:
          nodeName: %1$s
          terminationGracePeriodSeconds: 0
          containers:
          - name: web
            image: localhost/e2e/tools:1
            command:
            - /busybox
            - sh
            - -c
            - echo %1$s >/tmp/name; exec /busybox httpd -f -p '[::]:8080' -h /tmp
            readinessProbe: {httpGet: {path: /name, port: 8080}, periodSeconds: 1}
        """
        .formatted(node);
  }

  private static List<String> addresses(String name) {
    Pod pod = CLUSTER.client().pods().inNamespace(CLUSTER.namespace()).withName(name).get();
    return pod.getStatus().getPodIPs().stream().map(PodIP::getIp).toList();
  }

  /** Asks as a program would: through the resolver of the C library. */
  private static String fetch(String from, String host, int port) {
    String answer =
        CLUSTER.exec(
            from,
            "/bash",
            "-c",
            "exec 3<>/dev/tcp/$0/$1; printf 'GET /name HTTP/1.0\\r\\n\\r\\n' >&3; /busybox cat <&3",
            host,
            String.valueOf(port));
    return answer.lines().toList().getLast();
  }
}
