package dev.barevirt.control.replicaset;

import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.kube.VirtualMachineInstanceReplicaSetResource;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceReplicaSetStatus;
import dev.barevirt.control.kube.Events;
import dev.barevirt.control.kube.FieldWriter;
import dev.barevirt.control.kube.PatchOperation;
import dev.barevirt.control.kube.Records;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps as many instances as a replica set wants. */
@ControllerConfiguration(name = "vmirs", generationAwareEventProcessing = false)
public final class ReplicaSetReconciler
    implements Reconciler<VirtualMachineInstanceReplicaSetResource> {
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private final FieldWriter writer;
  private final Events events;
  private final Clock clock;

  /**
   * Makes the reconciler.
   *
   * @param writer writes what is to be written
   * @param events tells people
   * @param clock tells the time
   */
  public ReplicaSetReconciler(FieldWriter writer, Events events, Clock clock) {
    this.writer = writer;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, VirtualMachineInstanceReplicaSetResource>> prepareEventSources(
      EventSourceContext<VirtualMachineInstanceReplicaSetResource> context) {
    InformerEventSourceConfiguration<VirtualMachineInstanceResource> instances =
        InformerEventSourceConfiguration.from(
                VirtualMachineInstanceResource.class,
                VirtualMachineInstanceReplicaSetResource.class)
            .withSecondaryToPrimaryMapper(
                Mappers.fromOwnerReferences(VirtualMachineInstanceReplicaSetResource.class))
            .build();
    return List.of(new InformerEventSource<>(instances, context));
  }

  @Override
  public UpdateControl<VirtualMachineInstanceReplicaSetResource> reconcile(
      VirtualMachineInstanceReplicaSetResource set,
      Context<VirtualMachineInstanceReplicaSetResource> context)
      throws InterruptedException {
    Map<String, VirtualMachineInstanceResource> instances =
        owned(set, context.getSecondaryResources(VirtualMachineInstanceResource.class));
    ReplicaSetFacts facts = facts(set, instances);
    ReplicaSetDecision decision = ReplicaSetPlanner.plan(facts);
    @Nullable String failure = null;
    if (decision instanceof ReplicaSetDecision.Change) {
      // Names are made by the server, so nothing but its own list keeps one from being made twice.
      instances = owned(set, live(set, context.getClient()));
      facts = facts(set, instances);
      decision = ReplicaSetPlanner.plan(facts);
      failure = change(set, decision, instances);
    }
    report(set, ReplicaSetStatusProjector.project(facts, decision, failure));
    return failure == null
        ? UpdateControl.noUpdate()
        : UpdateControl.<VirtualMachineInstanceReplicaSetResource>noUpdate()
            .rescheduleAfter(AFTER_FAILURE);
  }

  private ReplicaSetFacts facts(
      VirtualMachineInstanceReplicaSetResource set,
      Map<String, VirtualMachineInstanceResource> instances) {
    return new ReplicaSetFacts(
        Records.of(set), instances.values().stream().map(Records::of).toList(), clock.instant());
  }

  private static Map<String, VirtualMachineInstanceResource> owned(
      VirtualMachineInstanceReplicaSetResource set,
      Collection<VirtualMachineInstanceResource> instances) {
    Map<String, VirtualMachineInstanceResource> owned = new HashMap<>();
    instances.stream()
        .filter(
            instance ->
                instance.getMetadata().getOwnerReferences().stream()
                    .anyMatch(
                        owner ->
                            Boolean.TRUE.equals(owner.getController())
                                && owner.getUid().equals(set.getMetadata().getUid())))
        .forEach(instance -> owned.put(instance.getMetadata().getName(), instance));
    return owned;
  }

  private static List<VirtualMachineInstanceResource> live(
      VirtualMachineInstanceReplicaSetResource set, KubernetesClient client) {
    return client
        .resources(VirtualMachineInstanceResource.class)
        .inNamespace(set.getMetadata().getNamespace())
        .list()
        .getItems();
  }

  /** Does what was decided; says what went wrong, after which the rest is left for later. */
  private @Nullable String change(
      VirtualMachineInstanceReplicaSetResource set,
      ReplicaSetDecision decision,
      Map<String, VirtualMachineInstanceResource> instances)
      throws InterruptedException {
    if (!(decision
        instanceof ReplicaSetDecision.Change(int create, List<VirtualMachineInstance> delete))) {
      return null;
    }
    try {
      for (VirtualMachineInstance instance : delete) {
        VirtualMachineInstanceResource there = instances.get(instance.metadata().name());
        if (there != null && writer.deleteUnchanged(there)) {
          events.normal(
              set, "SuccessfulDelete", "Deleted instance " + there.getMetadata().getName());
        }
      }
      for (int made = 0; made < create; made++) {
        VirtualMachineInstanceResource instance =
            writer.create(
                Serialization.unmarshal(
                    RecordWriter.toJson(ReplicaTemplate.render(Records.of(set))),
                    VirtualMachineInstanceResource.class));
        events.normal(
            set, "SuccessfulCreate", "Created instance " + instance.getMetadata().getName());
      }
      return null;
    } catch (KubernetesClientException e) {
      String message = "An instance could not be made or taken away: " + e.getMessage();
      events.warning(set, "FailedCreate", message);
      return message;
    }
  }

  private void report(
      VirtualMachineInstanceReplicaSetResource set, VirtualMachineInstanceReplicaSetStatus wanted)
      throws InterruptedException {
    Map<String, Object> before =
        Optional.ofNullable(set.getStatus()).map(RecordWriter::plain).orElse(Map.of());
    List<PatchOperation> operations =
        PatchOperation.ofStatus(before, RecordWriter.plain(wanted), set.getStatus() != null);
    if (!operations.isEmpty()) {
      writer.patchStatus(set, operations);
    }
  }
}
