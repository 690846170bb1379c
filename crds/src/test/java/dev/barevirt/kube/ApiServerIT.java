package dev.barevirt.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiServerIT {
  private static ApiServer server;

  @BeforeAll
  static void connect() {
    server = ApiServer.shared();
  }

  @Test
  void servesAllOurKinds() {
    try (KubernetesClient client = server.client()) {
      assertThat(client.apiextensions().v1().customResourceDefinitions().list().getItems())
          .hasSizeGreaterThanOrEqualTo(2)
          .allSatisfy(
              definition ->
                  assertThat(definition.getStatus().getConditions())
                      .anyMatch(
                          each ->
                              each.getType().equals("NamesAccepted")
                                  && each.getStatus().equals("True")));
    }
  }

  @Test
  void refusesWhatTheSchemaRefuses() {
    GenericKubernetesResource machine =
        Serialization.unmarshal(
            """
            apiVersion: kubevirt.io/v1
            kind: VirtualMachineInstance
            metadata: {name: wrong}
            spec: {domain: {devices: {disks: 7}}}
            """,
            GenericKubernetesResource.class);

    try (KubernetesClient client = server.client()) {
      assertThatThrownBy(
              () -> client.resource(machine).inNamespace(server.createNamespace()).create())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(422))
          .hasMessageContaining("spec.domain.devices.disks");
    }
  }

  @Test
  void aPodStaysAsTheTestLeavesIt() {
    String namespace = server.createNamespace();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("still")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("one")
            .withImage("localhost/none")
            .endContainer()
            .endSpec()
            .build();

    try (KubernetesClient client = server.client()) {
      client.resource(pod).inNamespace(namespace).create();
      client
          .resource(pod)
          .inNamespace(namespace)
          .editStatus(
              there ->
                  new PodBuilder(there).editOrNewStatus().withPhase("Running").endStatus().build());

      assertThat(
              client.pods().inNamespace(namespace).withName("still").get().getStatus().getPhase())
          .isEqualTo("Running");
    }
  }

  @Test
  void theServerOfATestThatWasKilledGoes() throws IOException, InterruptedException {
    Process killed = new ProcessBuilder("true").start();
    assertThat(killed.waitFor()).isZero();
    String label = ApiServer.OWNER + "=" + killed.pid();
    Path here = Path.of("").toAbsolutePath();
    Command.lines(here, "docker", "run", "--detach", "--label", label, ApiServer.image());

    ApiServer.start().close();

    assertThat(
            Command.lines(here, "docker", "ps", "--all", "--quiet", "--filter", "label=" + label))
        .allMatch(String::isBlank);
  }

  @Test
  void itsKubeconfigIsOneThatClientsRead() {
    Config read = Config.fromKubeconfig(server.kubeconfig());

    assertThat(read.getMasterUrl()).startsWith(server.config().getMasterUrl());
    assertThat(read.getCaCertData()).isEqualTo(server.config().getCaCertData());
    assertThat(server.hostAddress()).matches("[0-9.]+");
  }
}
