package dev.barevirt.agent.vmi;

import dev.barevirt.agent.network.PodNetworks;
import dev.barevirt.api.condition.VmiPhase;
import dev.barevirt.api.kube.VirtualMachineInstanceResource;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.v1.VirtualMachineInstance;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelector;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Brings the instances of this node to where they should be, one step at a time: plans from the
 * instance, its pod and its launcher's report, acts, and writes what changed.
 */
@ControllerConfiguration(name = "node-vmi", generationAwareEventProcessing = false)
public final class NodeVmiReconciler implements Reconciler<VirtualMachineInstanceResource> {
  private static final Logger LOG = LoggerFactory.getLogger(NodeVmiReconciler.class);
  private static final String CREATED_BY = "kubevirt.io/created-by";
  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);

  private final String node;
  private final KubernetesClient client;
  private final GuestLinks links;
  private final GuestActs acts;
  private final Clock clock;
  private final VmiStatusWriter writer;
  private final VmiEvents events;
  private final LauncherReports reports = new LauncherReports();
  private final Map<String, Memory> memories = new ConcurrentHashMap<>();
  private @Nullable InformerEventSource<Pod, VirtualMachineInstanceResource> pods; // set at start

  /**
   * What is remembered of an instance between two looks; all of it can be lost.
   *
   * @param refusal why it was not started
   * @param written the version of the object after the last write, which the cache may not have yet
   * @param gate what was last written on its pod
   */
  private record Memory(
      Observed.@Nullable Refusal refusal, @Nullable String written, PodFacts.Gate gate) {
    static final Memory NONE = new Memory(null, null, PodFacts.Gate.UNSET);

    Memory refused(Observed.@Nullable Refusal now) {
      return new Memory(now, written, gate);
    }

    Memory wrote(String version) {
      return new Memory(refusal, version, gate);
    }

    Memory gated(PodFacts.Gate now) {
      return new Memory(refusal, written, now);
    }
  }

  public NodeVmiReconciler(
      String node, KubernetesClient client, GuestLinks links, PodNetworks networks, Clock clock) {
    this.node = node;
    this.client = client;
    this.links = links;
    this.acts = new GuestActs(networks);
    this.clock = clock;
    this.writer = new VmiStatusWriter(client);
    this.events = new VmiEvents(client, node);
  }

  /** Selects the instances that were handed over to a node. */
  public static String selector(String node) {
    return "kubevirt.io/nodeName=" + node;
  }

  @Override
  public List<EventSource<?, VirtualMachineInstanceResource>> prepareEventSources(
      EventSourceContext<VirtualMachineInstanceResource> context) {
    var ofThisNode =
        InformerEventSourceConfiguration.from(Pod.class, VirtualMachineInstanceResource.class)
            .withName("launcher-pods")
            .withLabelSelector("kubevirt.io=virt-launcher")
            .withFieldSelector(new FieldSelector(new FieldSelector.Field("spec.nodeName", node)))
            .withWatchAllNamespaces()
            .withSecondaryToPrimaryMapper(NodeVmiReconciler::instanceOf)
            .build();
    var informer = new InformerEventSource<>(ofThisNode, context);
    pods = informer;
    return List.of(informer, reports);
  }

  private static Set<ResourceID> instanceOf(Pod pod) {
    return PodFacts.owner(pod)
        .map(owner -> new ResourceID(owner.getName(), pod.getMetadata().getNamespace()))
        .map(Set::of)
        .orElse(Set.of());
  }

  /** Something is new about the launcher in a pod. */
  public void launcherChanged(String podUid) {
    instanceIn(podUid).ifPresent(reports::changed);
  }

  /** The instance that a launcher's pod of this node belongs to. */
  public Optional<ResourceID> instanceIn(String podUid) {
    var informer = pods;
    return informer == null
        ? Optional.empty()
        : informer
            .list(pod -> podUid.equals(pod.getMetadata().getUid()))
            .flatMap(pod -> instanceOf(pod).stream())
            .findFirst();
  }

  /** The launcher that runs an instance of this node, when it is connected. */
  public Optional<GuestLink> launcherOf(String namespace, String name) {
    var informer = pods;
    return informer == null
        ? Optional.empty()
        : informer
            .list(namespace, pod -> instanceOf(pod).contains(new ResourceID(name, namespace)))
            .filter(pod -> !PodFacts.of(pod).hasEnded())
            .flatMap(pod -> links.of(pod.getMetadata().getUid()).stream())
            .findFirst();
  }

  @Override
  public UpdateControl<VirtualMachineInstanceResource> reconcile(
      VirtualMachineInstanceResource resource, Context<VirtualMachineInstanceResource> context)
      throws InterruptedException {
    VirtualMachineInstance vmi = InstanceRecords.of(resource);
    String uid = String.valueOf(vmi.metadata().uid());
    if (context.isPrimaryResourceDeleted()) {
      memories.remove(uid);
      context
          .getSecondaryResources(Pod.class)
          .forEach(pod -> links.forget(pod.getMetadata().getUid()));
      return UpdateControl.noUpdate();
    }
    if (isStale(resource, memory(uid))) {
      return UpdateControl.noUpdate(); // the cache is behind our own write, which comes as an event
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Observed seen = observe(vmi, uid, context);
    NodeAction action = NodePlanner.plan(seen, now);
    Duration again = act(seen, action, now);
    Observed after = observe(vmi, uid, context);
    record(resource, after, now);
    return again.isZero()
        ? UpdateControl.noUpdate()
        : UpdateControl.<VirtualMachineInstanceResource>noUpdate().rescheduleAfter(again);
  }

  private static boolean isStale(VirtualMachineInstanceResource resource, Memory memory) {
    String written = memory.written();
    return written != null
        && Long.parseLong(resource.getMetadata().getResourceVersion()) < Long.parseLong(written);
  }

  private Memory memory(String uid) {
    return memories.getOrDefault(uid, Memory.NONE);
  }

  private Observed observe(
      VirtualMachineInstance vmi, String uid, Context<VirtualMachineInstanceResource> context) {
    PodFacts pod = podOf(vmi, uid, context.getSecondaryResources(Pod.class));
    Optional<GuestReport> report = pod == null ? Optional.empty() : links.lastReport(pod.uid());
    return new Observed(vmi, pod, report.orElse(null), memory(uid).refusal());
  }

  /** The pod of an instance, asked of the server before it is said to be gone. */
  private @Nullable PodFacts podOf(VirtualMachineInstance vmi, String uid, Set<Pod> cached) {
    Optional<PodFacts> known = newest(cached.stream().toList(), uid);
    if (known.isPresent() || VmiPhase.of(phase(vmi)).filter(VmiPhase::isFinal).isPresent()) {
      return known.orElse(null);
    }
    List<Pod> asked =
        client
            .pods()
            .inNamespace(vmi.metadata().namespace())
            .withLabel(CREATED_BY, uid)
            .list()
            .getItems();
    List<Pod> here =
        asked.stream().filter(pod -> node.equals(pod.getSpec().getNodeName())).toList();
    return newest(here, uid).orElse(null);
  }

  private static Optional<PodFacts> newest(List<Pod> all, String uid) {
    return all.stream()
        .filter(pod -> PodFacts.owner(pod).filter(o -> o.getUid().equals(uid)).isPresent())
        .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
        .map(PodFacts::of);
  }

  private static @Nullable String phase(VirtualMachineInstance vmi) {
    return vmi.status() == null ? null : vmi.status().phase();
  }

  private Duration act(Observed seen, NodeAction action, Instant now) throws InterruptedException {
    PodFacts pod = seen.pod();
    Optional<GuestLink> link = pod == null ? Optional.empty() : links.of(pod.uid());
    if (link.isEmpty()) {
      return Duration.ZERO;
    }
    try {
      return switch (action) {
        case NodeAction.Nothing() -> Duration.ZERO;
        case NodeAction.Wait(Duration time) -> time;
        case NodeAction.Start(PodFacts in) -> start(seen, in, link.get(), now);
        case NodeAction.Shutdown(long grace, Duration patience) -> {
          acts.shutdown(link.get(), grace);
          tell(
              seen, VmiEvents.Kind.NORMAL, "ShuttingDown", "the guest was asked to shut down", now);
          yield patience;
        }
        case NodeAction.Kill(boolean force, Duration patience) -> {
          acts.kill(link.get(), force);
          yield patience;
        }
      };
    } catch (GuestCallException e) {
      log(seen).setCause(e).log("a launcher did not do what it was asked");
      return e.retryable() ? FIRST_RETRY : Duration.ZERO;
    }
  }

  private LoggingEventBuilder log(Observed seen) {
    return LOG.atWarn()
        .addKeyValue("namespace", seen.vmi().metadata().namespace())
        .addKeyValue("name", seen.vmi().metadata().name())
        .addKeyValue("uid", seen.vmi().metadata().uid());
  }

  private Duration start(Observed seen, PodFacts pod, GuestLink link, Instant now)
      throws InterruptedException {
    String uid = String.valueOf(seen.vmi().metadata().uid());
    try {
      acts.start(seen.vmi(), pod, link);
      memories.computeIfPresent(uid, (_, memory) -> memory.refused(null));
      return Duration.ZERO;
    } catch (GuestCallException e) {
      Observed.Refusal refusal = refusal(seen, e, now);
      memories.put(uid, memory(uid).refused(refusal));
      if (refusal.attempts() == 1) {
        tell(seen, VmiEvents.Kind.WARNING, refusal.reason(), refusal.message(), now);
      }
      log(seen)
          .addKeyValue("attempt", refusal.attempts())
          .setCause(e)
          .log("a guest was not started");
      Instant retryAt = refusal.retryAt();
      return retryAt == null ? Duration.ZERO : Duration.between(now, retryAt);
    }
  }

  private static Observed.Refusal refusal(Observed seen, GuestCallException e, Instant now) {
    int attempts = seen.refusal() == null ? 1 : seen.refusal().attempts() + 1;
    String message = String.valueOf(e.getMessage());
    if (!e.retryable()) {
      return new Observed.Refusal("Unsupported", message, attempts, null);
    }
    Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, 10));
    Duration capped = pause.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause;
    return new Observed.Refusal("SyncFailed", message, attempts, now.plus(capped));
  }

  /** Writes what changed: first the status, because people wait for it, then the pod's gate. */
  private void record(VirtualMachineInstanceResource resource, Observed seen, Instant now)
      throws InterruptedException {
    String uid = String.valueOf(seen.vmi().metadata().uid());
    OwnedStatus status = VmiStatusProjector.project(seen, now);
    if (!status.equals(VmiStatusProjector.present(seen))) {
      String version = writer.write(resource, status);
      memories.put(uid, memory(uid).wrote(version));
      transition(seen, status, now);
    }
    gate(seen, uid, now);
  }

  private void gate(Observed seen, String uid, Instant now) throws InterruptedException {
    PodFacts pod = seen.pod();
    GuestPhase guest = seen.guest();
    if (pod == null || pod.hasEnded() || pod.terminating() || guest == null) {
      return;
    }
    PodFacts.Gate wanted =
        switch (guest) {
          case RUNNING -> PodFacts.Gate.OPEN;
          case PAUSED -> PodFacts.Gate.CLOSED;
          case IDLE, STARTING, STOPPING, SUCCEEDED, FAILED -> pod.gate();
        };
    if (wanted != pod.gate() && wanted != memory(uid).gate()) {
      writer.gate(pod, wanted == PodFacts.Gate.OPEN, now);
      memories.put(uid, memory(uid).gated(wanted));
    }
  }

  private void transition(Observed seen, OwnedStatus status, Instant now) {
    VmiPhase before = seen.phase();
    VmiPhase after = VmiPhase.of(status.phase()).orElse(before);
    if (before == after) {
      return;
    }
    LOG.atInfo()
        .addKeyValue("namespace", seen.vmi().metadata().namespace())
        .addKeyValue("name", seen.vmi().metadata().name())
        .addKeyValue("from", before.wireName())
        .addKeyValue("to", after.wireName())
        .log("an instance changed its phase");
    switch (after) {
      case RUNNING -> {
        tell(seen, VmiEvents.Kind.NORMAL, "Created", "the machine was made", now);
        tell(seen, VmiEvents.Kind.NORMAL, "Started", "the guest runs", now);
      }
      case SUCCEEDED -> tell(seen, VmiEvents.Kind.NORMAL, "Stopped", ended(seen, status), now);
      case FAILED -> tell(seen, VmiEvents.Kind.WARNING, "Stopped", ended(seen, status), now);
      case UNSET, PENDING, SCHEDULING, SCHEDULED, WAITING_FOR_SYNC, UNKNOWN -> {}
    }
  }

  private static String ended(Observed seen, OwnedStatus status) {
    GuestReport report = seen.report();
    String why = report == null ? null : report.message();
    if (why != null) {
      return why;
    }
    return status.reason() == null
        ? "the guest has ended"
        : "the guest has ended: " + status.reason();
  }

  private void tell(Observed seen, VmiEvents.Kind kind, String reason, String text, Instant now) {
    events.tell(seen.vmi(), kind, reason, text, now);
  }
}
