package dev.barevirt.control;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.barevirt.api.kube.KubeVirtResource;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.kube.VirtualMachineResource;
import dev.barevirt.kube.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An installation comes and goes on a real API server, whose controllers this JVM runs. */
class InstallationIT {
  private static final String OWN = "kubevirt";

  private ApiServer server;
  private KubernetesClient client;
  private Controllers controllers;

  @BeforeEach
  void start() {
    server = ApiServer.start();
    client = server.client();
    controllers = controllers("one");
    controllers.start();
  }

  @AfterEach
  void stop() {
    controllers.close();
    client.close();
    server.close();
  }

  private Controllers controllers(String name) {
    return new Controllers(
        server.client(),
        new Controllers.Identity(
            OWN,
            name,
            "registry.example/launcher:v1",
            () -> {
              throw new AssertionError("the lease was lost");
            }),
        Clock.systemUTC());
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(90)).ignoreExceptions();
  }

  private void release() {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("kubevirt-installation")
                .withNamespace(OWN)
                .addToLabels("kubevirt.io", "installation")
                .endMetadata()
                .addToData(
                    "kubevirt.yaml",
                    """
                    apiVersion: kubevirt.io/v1
                    kind: KubeVirt
                    metadata: {name: kubevirt}
                    spec: {configuration: {developerConfiguration: {useEmulation: true}}}
                    """)
                .build())
        .create();
    eventually().until(() -> installation().get() != null && isDone());
  }

  private Resource<KubeVirtResource> installation() {
    return client.resources(KubeVirtResource.class).inNamespace(OWN).withName("kubevirt");
  }

  private boolean isDone() {
    ConfigMap map = client.configMaps().inNamespace(OWN).withName("kubevirt-installation").get();
    return map.getMetadata().getAnnotations().containsKey("kubevirt.io/installed");
  }

  private void create(String namespace, String yaml) {
    client.resource(yaml).inNamespace(namespace).create();
  }

  private void machine(String namespace) {
    create(
        namespace,
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: web}
        spec:
          runStrategy: Always
          template: {spec: {domain: {devices: {}, memory: {guest: 128Mi}}}}
        """);
  }

  private List<Pod> launchers(String namespace) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("kubevirt.io", "virt-launcher")
        .list()
        .getItems();
  }

  @Test
  void aReleaseInstallsItselfOnceAndTakesItsGuestsWithIt() {
    release();
    assertThat(
            requireNonNull(
                    requireNonNull(installation().get().getSpec().configuration())
                        .developerConfiguration())
                .useEmulation())
        .isTrue();
    eventually().until(() -> !installation().get().getMetadata().getFinalizers().isEmpty());
    assertThat(installation().get().getMetadata().getFinalizers())
        .containsExactly("kubevirt.io/foregroundDeleteKubeVirt");
    String namespace = server.createNamespace();
    machine(namespace);
    eventually().until(() -> launchers(namespace).size() == 1);
    Pod launcher = launchers(namespace).getFirst();
    FakeNode node = new FakeNode(client);
    node.run(launcher);
    Resource<VirtualMachineInstanceResource> guest =
        client
            .resources(VirtualMachineInstanceResource.class)
            .inNamespace(namespace)
            .withName("web");
    eventually().until(() -> "Scheduled".equals(requireNonNull(guest.get().getStatus()).phase()));

    installation().delete();

    // The guest ends when this test says so, and holds everything until then.
    eventually().until(() -> guest.get().getMetadata().getDeletionTimestamp() != null);
    eventually()
        .until(() -> "Deleting".equals(requireNonNull(installation().get().getStatus()).phase()));
    assertThat(requireNonNull(installation().get().getStatus()).conditions())
        .anySatisfy(
            condition -> {
              assertThat(condition.reason()).isEqualTo("DeletionInProgress");
              assertThat(condition.message()).contains("being removed");
            });
    node.tell(guest.get(), "Succeeded", false);
    node.remove(launcher);
    eventually().until(() -> installation().get() == null);
    for (Class<? extends HasMetadata> kind :
        List.of(VirtualMachineResource.class, VirtualMachineInstanceResource.class)) {
      assertThat(client.resources(kind).inNamespace(namespace).list().getItems()).isEmpty();
    }

    // What is looked at after this change was looked at: nothing is made anew.
    client
        .configMaps()
        .inNamespace(OWN)
        .withName("kubevirt-installation")
        .edit(map -> new ConfigMapBuilder(map).addToData("later", "x").build());
    machine(server.createNamespace());
    eventually()
        .until(
            () ->
                client
                        .pods()
                        .inAnyNamespace()
                        .withLabel("kubevirt.io", "virt-launcher")
                        .list()
                        .getItems()
                        .size()
                    == 1);
    assertThat(installation().get()).isNull();
  }

  @Test
  void whatLetsGoOfGuestsCannotBeDeletedBeforeThem() {
    release();
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("kubevirt-controller")
                .withNamespace(OWN)
                .addToLabels("app.kubernetes.io/part-of", "barevirt")
                .endMetadata()
                .build())
        .create();
    Resource<?> account = client.serviceAccounts().inNamespace(OWN).withName("kubevirt-controller");
    // The server takes a moment to know a policy: a trial shows when it does.
    eventually().until(() -> isRefused());
    assertThatThrownBy(account::delete)
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403))
        .hasMessageContaining("kubectl -n kubevirt delete kubevirt kubevirt");
    assertThat(client.serviceAccounts().inNamespace("default").list().getItems())
        .as("what is not of the release is nobody's business")
        .allSatisfy(other -> client.resource(other).delete());

    installation().delete();
    eventually().until(() -> installation().get() == null);
    eventually().until(() -> !isRefused());
    account.delete();
    assertThat(account.get()).isNull();
    assertThat(
            client
                .admissionRegistration()
                .v1()
                .validatingAdmissionPolicies()
                .withName("kubevirt-removal-order")
                .get())
        .isNull();
  }

  private boolean isRefused() {
    try {
      client
          .serviceAccounts()
          .inNamespace(OWN)
          .withName("kubevirt-controller")
          .dryRun(true)
          .delete();
      return false;
    } catch (KubernetesClientException e) {
      return e.getCode() == 403;
    }
  }

  @Test
  void aSecondProcessTakesOverFromTheFirst() {
    release();
    try (Controllers second = controllers("two")) {
      second.start();
      String before = server.createNamespace();
      machine(before);
      eventually().until(() -> launchers(before).size() == 1);
      assertThat(holder()).isEqualTo("one");

      controllers.close();

      String after = server.createNamespace();
      machine(after);
      eventually().until(() -> launchers(after).size() == 1);
      assertThat(holder()).isEqualTo("two");
      assertThat(launchers(before)).as("and makes nothing twice").hasSize(1);
    }
  }

  private String holder() {
    return client
        .leases()
        .inNamespace(OWN)
        .withName("virt-controller")
        .get()
        .getSpec()
        .getHolderIdentity();
  }

  @Test
  void aQuotaOnLimitsIsMetAndOneThatIsFullShowsInTheStatus() {
    release();
    String namespace = server.createNamespace();
    create(
        namespace,
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: small}
        spec: {hard: {limits.memory: 1Gi}}
        """);
    // There is no controller of quotas here, so the test says what is used.
    client
        .resourceQuotas()
        .inNamespace(namespace)
        .withName("small")
        .editStatus(
            quota -> {
              quota.getStatus().setHard(quota.getSpec().getHard());
              quota.getStatus().setUsed(Map.of("limits.memory", new Quantity("0")));
              return quota;
            });
    machine(namespace);
    eventually().until(() -> launchers(namespace).size() == 1);
    assertThat(
            launchers(namespace)
                .getFirst()
                .getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .getLimits())
        .containsKey("memory");

    create(
        namespace,
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachineInstance
        metadata: {name: large}
        spec: {domain: {devices: {}, memory: {guest: 2Gi}}}
        """);
    eventually()
        .until(
            () ->
                requireNonNull(
                        client
                            .resources(VirtualMachineInstanceResource.class)
                            .inNamespace(namespace)
                            .withName("large")
                            .get()
                            .getStatus())
                    .conditions()
                    .stream()
                    .anyMatch(
                        condition ->
                            "FailedCreate".equals(condition.reason())
                                && String.valueOf(condition.message()).contains("exceeded quota")));
    client.resourceQuotas().inNamespace(namespace).withName("small").delete();
    eventually().until(() -> launchers(namespace).size() == 2);
  }
}
