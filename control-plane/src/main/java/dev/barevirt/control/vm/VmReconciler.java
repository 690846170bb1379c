package dev.barevirt.control.vm;

import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.kube.VirtualMachineResource;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.control.kube.Events;
import dev.barevirt.control.kube.FieldWriter;
import dev.barevirt.control.kube.PatchOperation;
import dev.barevirt.control.kube.Records;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives machines instances and takes them away, as their run strategies say. */
@ControllerConfiguration(
    name = "vm",
    generationAwareEventProcessing = false,
    triggerReconcilerOnAllEvents = true)
public final class VmReconciler implements Reconciler<VirtualMachineResource> {
  private static final int UNPROCESSABLE = 422;

  /** What only the world can mend is looked at again after this time. */
  private static final Duration HELD = Duration.ofSeconds(5);

  private final FieldWriter writer;
  private final Events events;
  private final Clock clock;
  private final Revisions revisions;
  private final DataVolumes dataVolumes;

  /**
   * Makes the reconciler.
   *
   * @param client talks to the API server
   * @param writer writes the machines' fields
   * @param events tells people
   * @param clock tells the time
   */
  public VmReconciler(KubernetesClient client, FieldWriter writer, Events events, Clock clock) {
    this.writer = writer;
    this.events = events;
    this.clock = clock;
    this.revisions = new Revisions(client, writer);
    this.dataVolumes = new DataVolumes(client, events);
  }

  @Override
  public List<EventSource<?, VirtualMachineResource>> prepareEventSources(
      EventSourceContext<VirtualMachineResource> context) {
    InformerEventSourceConfiguration<VirtualMachineInstanceResource> instances =
        InformerEventSourceConfiguration.from(
                VirtualMachineInstanceResource.class, VirtualMachineResource.class)
            .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(VirtualMachineResource.class))
            .build();
    return List.of(new InformerEventSource<>(instances, context));
  }

  @Override
  public UpdateControl<VirtualMachineResource> reconcile(
      VirtualMachineResource resource, Context<VirtualMachineResource> context)
      throws InterruptedException {
    if (context.isPrimaryResourceDeleted()) {
      return UpdateControl.noUpdate();
    }
    VirtualMachine vm = Records.of(resource);
    if (lacksFinalizer(vm)) {
      List<String> finalizers = new ArrayList<>(vm.metadata().finalizers());
      finalizers.add(VmPlanner.FINALIZER);
      writer.patch(resource, List.of(new PatchOperation.Set("/metadata/finalizers", finalizers)));
      return UpdateControl.noUpdate();
    }
    Optional<VirtualMachineInstanceResource> instance = owned(resource, context);
    VmFacts facts = facts(resource, vm, instance);
    return perform(new Look(resource, instance, facts), context.getClient());
  }

  private static boolean lacksFinalizer(VirtualMachine vm) {
    return vm.metadata().deletionTimestamp() == null
        && !vm.metadata().finalizers().contains(VmPlanner.FINALIZER);
  }

  /** A machine as it is being looked at. */
  private record Look(
      VirtualMachineResource resource,
      Optional<VirtualMachineInstanceResource> instance,
      VmFacts facts) {}

  private static Optional<VirtualMachineInstanceResource> owned(
      VirtualMachineResource vm, Context<VirtualMachineResource> context) {
    return context.getSecondaryResources(VirtualMachineInstanceResource.class).stream()
        .filter(instance -> isOwned(vm, instance))
        .findFirst();
  }

  private static boolean isOwned(HasMetadata vm, HasMetadata instance) {
    return instance.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            owner ->
                Boolean.TRUE.equals(owner.getController())
                    && owner.getUid().equals(vm.getMetadata().getUid()));
  }

  private VmFacts facts(
      VirtualMachineResource resource,
      VirtualMachine vm,
      Optional<VirtualMachineInstanceResource> instance) {
    Optional<VirtualMachineInstance> vmi = instance.map(Records::of);
    boolean isDeleted = vm.metadata().deletionTimestamp() != null;
    return new VmFacts(
        vm,
        vmi,
        isDeleted ? new VmFacts.Volumes.Ready() : dataVolumes.ensure(resource, vm),
        vmi.filter(started -> revisions.isChanged(vm, started)).isPresent(),
        clock.instant());
  }

  private UpdateControl<VirtualMachineResource> perform(Look look, KubernetesClient client)
      throws InterruptedException {
    VmDecision decision = VmPlanner.plan(look.facts());
    return switch (decision) {
      case VmDecision.CreateVmi(boolean paused) -> start(look, client, paused);
      case VmDecision.DeleteVmi _ -> {
        // First what must not be forgotten, then what cannot be undone.
        if (report(look, decision) && look.instance().isPresent()) {
          stop(look, look.instance().get());
        }
        yield UpdateControl.noUpdate();
      }
      case VmDecision.SwitchToAlways _ -> {
        switchToAlways(look);
        yield UpdateControl.noUpdate();
      }
      case VmDecision.Release _ -> {
        release(look);
        yield UpdateControl.noUpdate();
      }
      case VmDecision.StartLater(Duration after) -> {
        report(look, decision);
        yield UpdateControl.<VirtualMachineResource>noUpdate().rescheduleAfter(after);
      }
      case VmDecision.Hold _ -> {
        report(look, decision);
        yield UpdateControl.<VirtualMachineResource>noUpdate().rescheduleAfter(HELD);
      }
      case VmDecision.Keep _ -> {
        report(look, decision);
        yield UpdateControl.noUpdate();
      }
    };
  }

  private UpdateControl<VirtualMachineResource> start(
      Look look, KubernetesClient client, boolean paused) throws InterruptedException {
    VmFacts facts = look.facts();
    revisions.keep(look.resource(), facts.vm());
    try {
      VirtualMachineInstanceResource made = create(facts.vm(), paused, client);
      if (!isOwned(look.resource(), made)) {
        return hold(look, "An instance of this name exists that is not this machine's.");
      }
      VmFacts after =
          new VmFacts(
              facts.vm(), Optional.of(Records.of(made)), facts.volumes(), false, facts.now());
      events.normal(
          look.resource(),
          "SuccessfulCreate",
          "Started the virtual machine by creating the new virtual machine instance "
              + made.getMetadata().getName());
      report(new Look(look.resource(), Optional.of(made), after), new VmDecision.CreateVmi(paused));
      return UpdateControl.noUpdate();
    } catch (KubernetesClientException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      return hold(look, "The instance cannot be created: " + reasonOf(e));
    }
  }

  /** One that is there already is taken: the cache may not have heard of it yet. */
  private VirtualMachineInstanceResource create(
      VirtualMachine vm, boolean paused, KubernetesClient client) throws InterruptedException {
    VirtualMachineInstanceResource wanted =
        Serialization.unmarshal(
            RecordWriter.toJson(VmiTemplate.render(vm, paused)),
            VirtualMachineInstanceResource.class);
    try {
      return writer.create(wanted);
    } catch (KubernetesClientException e) {
      VirtualMachineInstanceResource there =
          e.getCode() == HttpURLConnection.HTTP_CONFLICT ? client.resource(wanted).get() : null;
      if (there == null) {
        throw e;
      }
      return there;
    }
  }

  private static boolean isRefusal(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
          true;
      default -> false;
    };
  }

  private static String reasonOf(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? "the API server answered " + e.getCode()
        : e.getStatus().getMessage();
  }

  private UpdateControl<VirtualMachineResource> hold(Look look, String message)
      throws InterruptedException {
    VmDecision decision = new VmDecision.Hold("FailedCreate", message);
    if (report(look, decision)) {
      events.warning(look.resource(), "FailedCreate", message);
    }
    return UpdateControl.<VirtualMachineResource>noUpdate().rescheduleAfter(HELD);
  }

  private void stop(Look look, VirtualMachineInstanceResource instance)
      throws InterruptedException {
    if (writer.deleteUnchanged(instance)) {
      events.normal(
          look.resource(),
          "SuccessfulDelete",
          "Stopped the virtual machine by deleting the virtual machine instance "
              + instance.getMetadata().getName());
    }
  }

  private void switchToAlways(Look look) throws InterruptedException {
    List<PatchOperation> operations = new ArrayList<>();
    if (look.facts().vm().spec().running() != null) {
      operations.add(new PatchOperation.Remove("/spec/running"));
    }
    operations.add(new PatchOperation.Set("/spec/runStrategy", RunStrategy.ALWAYS.wireName()));
    writer.patch(look.resource(), operations);
  }

  private void release(Look look) throws InterruptedException {
    List<String> others = new ArrayList<>(look.facts().vm().metadata().finalizers());
    others.remove(VmPlanner.FINALIZER);
    writer.patch(look.resource(), List.of(new PatchOperation.Set("/metadata/finalizers", others)));
  }

  /** Writes what differs; says whether the status is now as decided. */
  private boolean report(Look look, VmDecision decision) throws InterruptedException {
    Map<String, Object> before = RecordWriter.plain(look.facts().status());
    Map<String, Object> after =
        RecordWriter.plain(VmStatusProjector.project(look.facts(), decision));
    List<PatchOperation> operations =
        PatchOperation.ofStatus(before, after, look.facts().vm().status() != null);
    return operations.isEmpty() || writer.patchStatus(look.resource(), operations);
  }
}
