package dev.barevirt.agent.vmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.barevirt.agent.network.Connections;
import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.api.v1.status.VirtualMachineInstanceStatus;
import dev.barevirt.kube.ApiServer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real API server; launchers are played, and pods are moved by the test. */
class NodeVmiReconcilerIT {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private static ApiServer server;

  private KubernetesClient client;
  private String namespace;
  private FakeLaunchers launchers;
  private Operator operator;
  private NodeVmiReconciler reconciler;

  @BeforeAll
  static void connect() {
    server = ApiServer.shared();
  }

  @BeforeEach
  void startsAnAgent() {
    client = server.client();
    namespace = server.createNamespace();
    launchers = new FakeLaunchers();
    run();
  }

  @AfterEach
  void stopsIt() {
    operator.stop();
    client.close();
  }

  /** The node has the namespace's name, so that no two tests share one. */
  private void run() {
    reconciler =
        new NodeVmiReconciler(
            namespace, client, launchers, (_, _, _) -> Connections.NONE, Clock.systemUTC());
    operator =
        new Operator(
            configuration ->
                configuration
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withExecutorService(Executors.newVirtualThreadPerTaskExecutor()));
    var _ =
        operator.register(
            reconciler,
            controller ->
                controller
                    .withLabelSelector(NodeVmiReconciler.selector(namespace))
                    .withTriggerReconcilerOnAllEvents(true));
    operator.start();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
  }

  /** An instance that the controller has made a pod for. */
  private VirtualMachineInstanceResource scheduling() {
    VirtualMachineInstanceResource vmi =
        Serialization.unmarshal(
            """
            apiVersion: kubevirt.io/v1
            kind: VirtualMachineInstance
            metadata:
              name: sample
              namespace: %1$s
              labels: {kubevirt.io/nodeName: %1$s}
              finalizers: [kubevirt.io/foregroundDeleteVirtualMachine]
            spec:
              terminationGracePeriodSeconds: 30
              domain:
                memory: {guest: 128Mi}
                devices: {}
            status:
              phase: Scheduling
              runtimeUser: 107
              nodeName: %1$s
              conditions:
              - {type: Ready, status: "False", reason: GuestNotRunning}
              phaseTransitionTimestamps:
              - {phase: Scheduled, phaseTransitionTimestamp: "2026-11-30T12:00:00Z"}
            """
                .formatted(namespace),
            VirtualMachineInstanceResource.class);
    return client.resource(vmi).create();
  }

  private String pod(VirtualMachineInstanceResource owner) {
    Pod made =
        client
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withName("virt-launcher-sample-abcde")
                    .withNamespace(namespace)
                    .addToLabels("kubevirt.io", "virt-launcher")
                    .addToLabels("kubevirt.io/created-by", owner.getMetadata().getUid())
                    .addNewOwnerReference()
                    .withApiVersion("kubevirt.io/v1")
                    .withKind("VirtualMachineInstance")
                    .withName("sample")
                    .withUid(owner.getMetadata().getUid())
                    .withController(true)
                    .endOwnerReference()
                    .endMetadata()
                    .withNewSpec()
                    .withNodeName(namespace)
                    .withTerminationGracePeriodSeconds(0L)
                    .addNewContainer()
                    .withName("compute")
                    .withImage("localhost/none")
                    .endContainer()
                    .endSpec()
                    .build())
            .create();
    client
        .resource(made)
        .editStatus(
            there ->
                new PodBuilder(there)
                    .editOrNewStatus()
                    .withPhase("Running")
                    .withPodIP("10.244.1.34")
                    .addNewPodIP("10.244.1.34")
                    .addNewCondition()
                    .withType("ContainersReady")
                    .withStatus("True")
                    .endCondition()
                    .endStatus()
                    .build());
    return made.getMetadata().getUid();
  }

  /** Makes a pod and hands the instance over, as the controller does once the pod runs. */
  private String handedOver() {
    String pod = pod(scheduling());
    var _ =
        client
            .resources(VirtualMachineInstanceResource.class)
            .inNamespace(namespace)
            .withName("sample")
            .patch(MERGE, "{\"status\":{\"phase\":\"Scheduled\"}}");
    return pod;
  }

  private void says(String pod, GuestPhase phase) {
    launchers.report(pod, Facts.report(phase));
    reconciler.launcherChanged(pod);
  }

  private VirtualMachineInstanceResource now() {
    return client
        .resources(VirtualMachineInstanceResource.class)
        .inNamespace(namespace)
        .withName("sample")
        .get();
  }

  private VirtualMachineInstanceStatus status() {
    return Objects.requireNonNull(now().getStatus());
  }

  private void reaches(String phase) {
    soon().untilAsserted(() -> assertThat(status().phase()).isEqualTo(phase));
  }

  private List<String> events() {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .map(Event::getReason)
        .toList();
  }

  private String startedGuest() {
    String pod = handedOver();
    says(pod, GuestPhase.IDLE);
    soon().until(() -> launchers.executed().contains("sync"));
    says(pod, GuestPhase.RUNNING);
    reaches("Running");
    return pod;
  }

  @Test
  void aGuestRunsAndIsReadyInOneWrite() {
    String pod = handedOver();
    VirtualMachineInstanceResource given = now();
    says(pod, GuestPhase.IDLE);
    soon().until(() -> launchers.executed().contains("sync"));
    assertThat(now().getMetadata().getResourceVersion())
        .isEqualTo(given.getMetadata().getResourceVersion());

    says(pod, GuestPhase.RUNNING);
    reaches("Running");

    VirtualMachineInstanceStatus status = status();
    assertThat(Conditions.isTrue(status.conditions(), "Ready")).isTrue();
    assertThat(status.nodeName()).isEqualTo(namespace);
    assertThat(status.runtimeUser()).isEqualTo(107);
    assertThat(status.phaseTransitionTimestamps()).hasSize(2);
    assertThat(now().getMetadata().getGeneration())
        .isEqualTo(given.getMetadata().getGeneration() + 1);
    soon().untilAsserted(() -> assertThat(gate()).contains("True"));
    soon().untilAsserted(() -> assertThat(events()).contains("Created", "Started"));
  }

  private List<String> gate() {
    return client
        .pods()
        .inNamespace(namespace)
        .withName("virt-launcher-sample-abcde")
        .get()
        .getStatus()
        .getConditions()
        .stream()
        .filter(condition -> condition.getType().equals(PodFacts.UNPAUSED))
        .map(PodCondition::getStatus)
        .toList();
  }

  @Test
  void aRestartOfTheAgentChangesNothing() {
    String pod = startedGuest();
    soon().untilAsserted(() -> assertThat(gate()).contains("True"));
    long generation = now().getMetadata().getGeneration();
    operator.stop();
    launchers.forget(pod); // and no launcher has dialled again yet
    run();
    says(pod, GuestPhase.RUNNING);
    says(pod, GuestPhase.PAUSED);
    soon()
        .untilAsserted(
            () -> assertThat(Conditions.isTrue(status().conditions(), "Paused")).isTrue());

    assertThat(now().getMetadata().getGeneration()).isEqualTo(generation + 1);
    assertThat(status().phase()).isEqualTo("Running");
    soon().untilAsserted(() -> assertThat(gate()).contains("False"));
  }

  @Test
  void aDeletedInstancesGuestIsShutDown() {
    String pod = startedGuest();
    var _ = client.resource(now()).delete();
    soon().until(() -> launchers.executed().contains("shutdown"));

    launchers.report(pod, Facts.report(GuestPhase.SUCCEEDED, GuestReason.SHUTDOWN_REQUESTED, null));
    reconciler.launcherChanged(pod);

    reaches("Succeeded");
    assertThat(events()).contains("ShuttingDown");
  }

  @Test
  void anInstanceWhosePodIsGoneHasFailed() {
    String pod = startedGuest();
    launchers.forget(pod);
    var _ = client.pods().inNamespace(namespace).withGracePeriod(0).delete();

    reaches("Failed");
    assertThat(status().reason()).isEqualTo("PodNotExists");
  }

  @Test
  void aPodThatEndedWithoutALastWordIsBelieved() {
    String pod = startedGuest();
    launchers.forget(pod);
    var _ =
        client
            .pods()
            .inNamespace(namespace)
            .withName("virt-launcher-sample-abcde")
            .subresource("status")
            .patch(MERGE, "{\"status\":{\"phase\":\"Succeeded\"}}");

    reaches("Succeeded");
  }

  @Test
  void whatIsNotBuiltIsNamedAndNotStarted() {
    launchers.refuse("sync", LauncherFault.UNSUPPORTED);
    String pod = handedOver();
    says(pod, GuestPhase.IDLE);

    soon()
        .untilAsserted(
            () ->
                assertThat(Conditions.find(status().conditions(), "Synchronized"))
                    .map(Condition::reason)
                    .contains("Unsupported"));
    says(pod, GuestPhase.IDLE);
    soon().untilAsserted(() -> assertThat(events()).contains("Unsupported"));
    assertThat(status().phase()).isEqualTo("Scheduled");
    assertThat(launchers.executed()).containsExactly("sync");
  }

  @Test
  void aStartThatFailedIsTriedAgain() {
    launchers.refuse("sync", LauncherFault.TIMED_OUT);
    String pod = handedOver();
    says(pod, GuestPhase.IDLE);

    soon().until(() -> launchers.executed().size() >= 2);
    assertThat(Conditions.find(status().conditions(), "Synchronized"))
        .map(Condition::reason)
        .contains("SyncFailed");
  }
}
