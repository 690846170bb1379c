package dev.barevirt.control;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.kube.KubeVirtResource;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.kube.VirtualMachineResource;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import dev.barevirt.kube.ApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The controllers against a real API server, on whose nodes nothing runs but what a test plays. */
class ControllersIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static ApiServer server;
  private static KubernetesClient client;
  private static Controllers controllers;
  private static FakeNode node;

  private String namespace;

  @BeforeAll
  static void start() {
    server = ApiServer.start();
    client = server.client();
    node = new FakeNode(client);
    apply(
        "kubevirt",
        """
        apiVersion: kubevirt.io/v1
        kind: KubeVirt
        metadata: {name: kubevirt}
        spec: {configuration: {developerConfiguration: {useEmulation: true}}}
        """);
    controllers =
        new Controllers(
            server.client(),
            new Controllers.Identity(
                "kubevirt",
                "one",
                "registry.example/launcher:v1",
                () -> {
                  throw new AssertionError("the lease was lost");
                }),
            Clock.systemUTC());
    controllers.start();
  }

  @AfterAll
  static void stop() {
    if (controllers != null) {
      controllers.close();
    }
    if (server != null) {
      client.close();
      server.close();
    }
  }

  @BeforeEach
  void useANamespace() {
    namespace = server.createNamespace();
  }

  private static HasMetadata apply(String namespace, String yaml) {
    return client.resource(yaml).inNamespace(namespace).create();
  }

  private static <T> T eventually(Callable<T> what) {
    return await().atMost(DEADLINE).ignoreExceptions().until(what, found -> found != null);
  }

  private VirtualMachineInstanceResource createVmi(String name) {
    apply(
        namespace,
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata: {name: %s}
        spec: {domain: {devices: {}, memory: {guest: 128Mi}}}
        """
            .formatted(name));
    return vmi(name);
  }

  private VirtualMachineInstanceResource vmi(String name) {
    return client
        .resources(VirtualMachineInstanceResource.class)
        .inNamespace(namespace)
        .withName(name)
        .get();
  }

  private VirtualMachineInstanceStatus status(String name) {
    return requireNonNull(vmi(name).getStatus());
  }

  private Pod podOf(HasMetadata vmi) {
    return eventually(
        () ->
            client
                .pods()
                .inNamespace(namespace)
                .withLabel("kubevirt.io/created-by", vmi.getMetadata().getUid())
                .list()
                .getItems()
                .stream()
                .findFirst()
                .orElse(null));
  }

  private void awaitPhase(String name, String phase) {
    await().atMost(DEADLINE).ignoreExceptions().until(() -> phase.equals(status(name).phase()));
  }

  private VirtualMachineInstanceResource bringUp(String name) {
    VirtualMachineInstanceResource vmi = eventually(() -> vmi(name));
    node.run(podOf(vmi));
    awaitPhase(name, "Scheduled");
    node.tell(vmi, "Running", true);
    return vmi;
  }

  @Test
  void anInstanceComesUpAndGoes() {
    VirtualMachineInstanceResource vmi = createVmi("one");
    Pod pod = podOf(vmi);
    assertThat(pod.getSpec().getContainers().getFirst().getResources().getRequests())
        .as("the installation emulates")
        .doesNotContainKey("devices.kubevirt.io/kvm");
    awaitPhase("one", "Scheduling");
    long generation = vmi("one").getMetadata().getGeneration();
    assertThat(generation).as("one write up to here").isEqualTo(2);

    bringUp("one");
    VirtualMachineInstanceResource up = vmi("one");
    assertThat(up.getMetadata().getGeneration()).as("three writes in all").isEqualTo(4);
    assertThat(up.getMetadata().getLabels()).containsEntry("kubevirt.io/nodeName", "node01");
    assertThat(requireNonNull(up.getStatus()).nodeName()).isEqualTo("node01");
    assertThat(up.getStatus().runtimeUser()).isEqualTo(107);
    assertThat(Conditions.isTrue(up.getStatus().conditions(), "Ready")).isTrue();

    client.resource(vmi).delete();
    node.tell(vmi, "Succeeded", false);
    await()
        .atMost(DEADLINE)
        .until(() -> client.resource(pod).get().getMetadata().getDeletionTimestamp() != null);
    assertThat(vmi("one")).as("it stays as long as its pod").isNotNull();
    node.remove(pod);
    await().atMost(DEADLINE).until(() -> vmi("one") == null);
  }

  @Test
  void nothingIsWrittenWhenNothingChanged() {
    VirtualMachineInstanceResource vmi = createVmi("still");
    bringUp("still");
    String version = vmi("still").getMetadata().getResourceVersion();
    node.murmur(podOf(vmi));
    // What comes later has been done: so was what came before, and it wrote nothing.
    createVmi("later");
    awaitPhase("later", "Scheduling");
    assertThat(vmi("still").getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void aPodThatIsTakenAwayUnderAGuestFailsTheInstance() {
    VirtualMachineInstanceResource vmi = createVmi("robbed");
    bringUp("robbed");
    node.remove(podOf(vmi));
    awaitPhase("robbed", "Failed");
    assertThat(status("robbed").reason()).isEqualTo("PodNotExists");
    client.resource(vmi).delete();
    await().atMost(DEADLINE).until(() -> vmi("robbed") == null);
  }

  @Test
  void anInstanceWithAFieldThatIsNotBuiltSaysSo() {
    apply(
        namespace,
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata: {name: wishful}
        spec:
          domain: {devices: {}}
          volumes: [{name: a, hostDisk: {path: /x, type: Disk}}]
        """);
    awaitPhase("wishful", "Pending");
    assertThat(Conditions.find(status("wishful").conditions(), "Synchronized").orElseThrow())
        .satisfies(
            condition -> {
              assertThat(condition.reason()).isEqualTo("Unsupported");
              assertThat(condition.message()).contains("spec.volumes[0].hostDisk");
            });
    await()
        .atMost(DEADLINE)
        .until(
            () ->
                client.v1().events().inNamespace(namespace).list().getItems().stream()
                    .anyMatch(event -> event.getReason().equals("Unsupported")));
  }

  private VirtualMachineResource vm(String name) {
    return client
        .resources(VirtualMachineResource.class)
        .inNamespace(namespace)
        .withName(name)
        .get();
  }

  private void awaitPrintable(String name, String word) {
    await()
        .atMost(DEADLINE)
        .ignoreExceptions()
        .until(() -> word.equals(requireNonNull(vm(name).getStatus()).printableStatus()));
  }

  @Test
  void aMachineComesBackAfterItsGuestEndsAndGoesWithItsInstance() {
    apply(
        namespace,
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: web}
        spec:
          runStrategy: Always
          template:
            metadata: {labels: {app: web}}
            spec: {domain: {devices: {}, memory: {guest: 128Mi}}}
        """);
    VirtualMachineInstanceResource first = bringUp("web");
    awaitPrintable("web", "Running");
    assertThat(requireNonNull(vm("web").getStatus()).ready()).isTrue();
    assertThat(status("web").virtualMachineRevisionName())
        .isEqualTo("revision-start-vm-" + vm("web").getMetadata().getUid() + "-1");

    Pod pod = podOf(first);
    node.tell(first, "Succeeded", false);
    await()
        .atMost(DEADLINE)
        .until(() -> client.resource(pod).get().getMetadata().getDeletionTimestamp() != null);
    node.remove(pod);
    await()
        .atMost(DEADLINE)
        .ignoreExceptions()
        .until(() -> !vmi("web").getMetadata().getUid().equals(first.getMetadata().getUid()));
    awaitPrintable("web", "Starting");

    VirtualMachineInstanceResource second = bringUp("web");
    awaitPrintable("web", "Running");
    client.resource(vm("web")).delete();
    awaitPrintable("web", "Terminating");
    node.tell(second, "Succeeded", false);
    node.remove(podOf(second));
    await().atMost(DEADLINE).until(() -> vm("web") == null && vmi("web") == null);
    assertThat(second.getSpec().domain().firmware())
        .as("the same machine each time")
        .isEqualTo(first.getSpec().domain().firmware());
    assertThat(client.pods().inNamespace(namespace).list().getItems()).isEmpty();
  }

  @Test
  void anInstallationHasCertificatesAndSaysHowItIs() {
    for (String name :
        List.of(
            "kubevirt-ca",
            "kubevirt-virt-api-certs",
            "kubevirt-virt-api-handler-client-certs",
            "kubevirt-virt-handler-server-certs")) {
      assertThat(
              eventually(() -> client.secrets().inNamespace("kubevirt").withName(name).get())
                  .getData())
          .containsOnlyKeys("tls.crt", "tls.key");
    }
    assertThat(
            eventually(
                    () -> client.configMaps().inNamespace("kubevirt").withName("kubevirt-ca").get())
                .getData()
                .get("ca-bundle"))
        .startsWith("-----BEGIN CERTIFICATE-----");
    await()
        .atMost(DEADLINE)
        .ignoreExceptions()
        .until(
            () ->
                "Deploying"
                    .equals(
                        requireNonNull(
                                client
                                    .resources(KubeVirtResource.class)
                                    .inNamespace("kubevirt")
                                    .withName("kubevirt")
                                    .get()
                                    .getStatus())
                            .phase()));
  }
}
