package dev.barevirt.control.vmi;

import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.v1.source.Volume;
import dev.barevirt.control.cluster.ClusterConfig;
import dev.barevirt.control.kube.Events;
import dev.barevirt.control.kube.FieldWriter;
import dev.barevirt.control.kube.PatchOperation;
import dev.barevirt.control.kube.Records;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings instances to a node, and takes away what is left of them at their end. */
@ControllerConfiguration(
    name = "vmi",
    generationAwareEventProcessing = false,
    triggerReconcilerOnAllEvents = true)
public final class VmiReconciler implements Reconciler<VirtualMachineInstanceResource> {
  private static final Logger LOG = LoggerFactory.getLogger(VmiReconciler.class);
  private static final int UNPROCESSABLE = 422;

  /** What only the world can mend is looked at again after this time. */
  private static final Duration HELD = Duration.ofSeconds(5);

  private final FieldWriter writer;
  private final Events events;
  private final Supplier<ClusterConfig> config;
  private final Clock clock;

  /**
   * Makes the reconciler.
   *
   * @param writer writes the instances' fields
   * @param events tells people
   * @param config the installation's configuration as it is now
   * @param clock tells the time
   */
  public VmiReconciler(
      FieldWriter writer, Events events, Supplier<ClusterConfig> config, Clock clock) {
    this.writer = writer;
    this.events = events;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, VirtualMachineInstanceResource>> prepareEventSources(
      EventSourceContext<VirtualMachineInstanceResource> context) {
    InformerEventSourceConfiguration<Pod> pods =
        InformerEventSourceConfiguration.from(Pod.class, VirtualMachineInstanceResource.class)
            .withLabelSelector(VmiNames.COMPONENT_LABEL + "=" + VmiNames.LAUNCHER)
            .withSecondaryToPrimaryMapper(
                Mappers.fromOwnerReferences(VirtualMachineInstanceResource.class))
            .build();
    return List.of(new InformerEventSource<>(pods, context));
  }

  @Override
  public UpdateControl<VirtualMachineInstanceResource> reconcile(
      VirtualMachineInstanceResource vmi, Context<VirtualMachineInstanceResource> context)
      throws InterruptedException {
    if (context.isPrimaryResourceDeleted()) {
      return UpdateControl.noUpdate();
    }
    VmiFacts facts = facts(vmi, context);
    VmiDecision decision = VmiPlanner.plan(facts);
    Performed performed = perform(vmi, facts, decision, context.getClient());
    if (performed.report()) {
      report(vmi, performed.facts(), performed.decision());
    }
    return again(performed.decision());
  }

  /**
   * What became of a decision.
   *
   * @param facts what is known afterwards
   * @param decision what was decided in the end
   * @param report whether the status is still ours to write
   */
  private record Performed(VmiFacts facts, VmiDecision decision, boolean report) {}

  private VmiFacts facts(
      VirtualMachineInstanceResource vmi, Context<VirtualMachineInstanceResource> context) {
    List<Pod> pods = owned(vmi, context.getSecondaryResources(Pod.class));
    Instant now = clock.instant();
    VmiFacts cached = new VmiFacts(Records.of(vmi), pods, VmiFacts.Claims.NONE, config.get(), now);
    if (!pods.isEmpty()) {
      return cached;
    }
    // What is decided on the absence of a pod ends or starts a guest: ask, rather than trust that
    // the cache has heard of everything.
    List<Pod> live = owned(vmi, livePods(vmi, context.getClient()));
    VmiFacts.Claims claims =
        isAboutToBegin(cached) ? claims(cached, context.getClient()) : VmiFacts.Claims.NONE;
    return new VmiFacts(cached.vmi(), live, claims, cached.config(), now);
  }

  private static boolean isAboutToBegin(VmiFacts facts) {
    return !facts.isDeleted()
        && (facts.phase() == VmiPhase.UNSET || facts.phase() == VmiPhase.PENDING);
  }

  private static List<Pod> livePods(VirtualMachineInstanceResource vmi, KubernetesClient client) {
    return client
        .pods()
        .inNamespace(vmi.getMetadata().getNamespace())
        .withLabel(VmiNames.CREATED_BY_LABEL, vmi.getMetadata().getUid())
        .list()
        .getItems();
  }

  /** A pod belongs to the instance its owner reference names, whatever its labels say. */
  private static List<Pod> owned(VirtualMachineInstanceResource vmi, Collection<Pod> pods) {
    List<Pod> owned = new ArrayList<>(pods);
    owned.removeIf(pod -> !isOwned(vmi, pod));
    owned.sort(
        Comparator.comparing(pod -> String.valueOf(pod.getMetadata().getCreationTimestamp())));
    return owned;
  }

  private static boolean isOwned(VirtualMachineInstanceResource vmi, Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            owner ->
                Boolean.TRUE.equals(owner.getController())
                    && owner.getUid().equals(vmi.getMetadata().getUid()));
  }

  private static VmiFacts.Claims claims(VmiFacts facts, KubernetesClient client) {
    Set<String> missing = new HashSet<>();
    Set<String> block = new HashSet<>();
    for (Volume volume : facts.vmi().spec().volumes()) {
      Optional<String> name = PodVolumes.claimOf(volume);
      if (name.isPresent()) {
        PersistentVolumeClaim claim =
            client
                .persistentVolumeClaims()
                .inNamespace(facts.vmi().metadata().namespace())
                .withName(name.get())
                .get();
        if (claim == null) {
          missing.add(name.get());
        } else if ("Block".equals(claim.getSpec().getVolumeMode())) {
          block.add(name.get());
        }
      }
    }
    return new VmiFacts.Claims(missing, block);
  }

  private Performed perform(
      VirtualMachineInstanceResource vmi,
      VmiFacts facts,
      VmiDecision decision,
      KubernetesClient client)
      throws InterruptedException {
    return switch (decision) {
      case VmiDecision.CreatePod _ -> createPod(vmi, facts, limits(facts, client));
      case VmiDecision.DeletePods(List<Pod> pods) -> {
        for (Pod pod : pods) {
          writer.delete(pod);
          events.normal(
              vmi,
              "SuccessfulDelete",
              "Deleted virtual machine pod " + pod.getMetadata().getName());
        }
        yield new Performed(facts, decision, true);
      }
      case VmiDecision.Release _ -> {
        release(vmi);
        yield new Performed(facts, decision, false);
      }
      case VmiDecision.Keep _,
          VmiDecision.LookAgain _,
          VmiDecision.Hold _,
          VmiDecision.Fail _,
          VmiDecision.Succeed _ ->
          new Performed(facts, decision, true);
    };
  }

  private static AutomaticLimits limits(VmiFacts facts, KubernetesClient client) {
    String namespace = facts.vmi().metadata().namespace();
    Namespace found = client.namespaces().withName(namespace).get();
    return found == null
        ? AutomaticLimits.NONE
        : AutomaticLimits.of(
            found.getMetadata().getLabels(),
            client.resourceQuotas().inNamespace(namespace).list().getItems(),
            facts.config());
  }

  private Performed createPod(
      VirtualMachineInstanceResource vmi, VmiFacts facts, AutomaticLimits limits)
      throws InterruptedException {
    Pod wanted =
        LauncherPodTemplate.render(facts.vmi(), facts.claims().block(), limits, facts.config());
    try {
      Pod pod = writer.create(wanted);
      events.normal(
          vmi, "SuccessfulCreate", "Created virtual machine pod " + pod.getMetadata().getName());
      VmiFacts after =
          new VmiFacts(facts.vmi(), List.of(pod), facts.claims(), facts.config(), facts.now());
      return new Performed(after, new VmiDecision.CreatePod(), true);
    } catch (KubernetesClientException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      String message = "The pod cannot be created: " + reasonOf(e);
      return new Performed(facts, new VmiDecision.Hold("FailedCreate", message), true);
    }
  }

  /** A quota, a policy, a name that is taken: trying harder does not help. */
  private static boolean isRefusal(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_FORBIDDEN,
          HttpURLConnection.HTTP_CONFLICT,
          HttpURLConnection.HTTP_BAD_REQUEST,
          UNPROCESSABLE ->
          true;
      default -> false;
    };
  }

  private static String reasonOf(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? "the API server answered " + e.getCode()
        : e.getStatus().getMessage();
  }

  private void release(VirtualMachineInstanceResource vmi) throws InterruptedException {
    List<String> others = new ArrayList<>(vmi.getMetadata().getFinalizers());
    others.remove(VmiNames.FINALIZER);
    writer.patch(vmi, List.of(new PatchOperation.Set("/metadata/finalizers", others)));
  }

  private void report(VirtualMachineInstanceResource vmi, VmiFacts facts, VmiDecision decision)
      throws InterruptedException {
    VmiFields wanted = VmiStatusProjector.project(facts, decision);
    VmiFields current = VmiFields.in(facts);
    if (wanted.equals(current) || !writer.apply(vmi, wanted.applied())) {
      return;
    }
    VmiNews.between(current, wanted).forEach(news -> tell(vmi, news));
  }

  private void tell(VirtualMachineInstanceResource vmi, VmiNews news) {
    switch (news) {
      case VmiNews.HandedOver(String node) -> {
        LOG.atInfo().addKeyValue("node", node).log("instance handed over");
        events.normal(vmi, "SuccessfulHandOver", "The node " + node + " has the instance now.");
      }
      case VmiNews.Trouble(String reason, String message) -> {
        LOG.atInfo().addKeyValue("reason", reason).log("instance held up");
        events.warning(vmi, reason, message);
      }
      case VmiNews.Ended(VmiPhase phase, String reason) ->
          LOG.atInfo()
              .addKeyValue("phase", phase.wireName())
              .addKeyValue("reason", reason)
              .log("instance ended before or without its node");
    }
  }

  private static UpdateControl<VirtualMachineInstanceResource> again(VmiDecision decision) {
    return switch (decision) {
      case VmiDecision.LookAgain(Duration after) ->
          UpdateControl.<VirtualMachineInstanceResource>noUpdate().rescheduleAfter(after);
      case VmiDecision.Hold(String reason, String _) ->
          reason.equals(VmiPlanner.UNSUPPORTED)
              ? UpdateControl.noUpdate()
              : UpdateControl.<VirtualMachineInstanceResource>noUpdate().rescheduleAfter(HELD);
      case VmiDecision.CreatePod _,
          VmiDecision.DeletePods _,
          VmiDecision.Release _,
          VmiDecision.Keep _,
          VmiDecision.Fail _,
          VmiDecision.Succeed _ ->
          UpdateControl.noUpdate();
    };
  }
}
