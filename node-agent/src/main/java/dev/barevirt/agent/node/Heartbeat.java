package dev.barevirt.agent.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every minute that this node is alive and what it can run. Applied under a field manager of
 * its own, so that a label which no longer holds goes by itself.
 */
public final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final String ANNOTATION = "kubevirt.io/heartbeat";
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** Until the node is ready to take instances, it is looked at more often. */
  private static final Duration AT_FIRST = Duration.ofSeconds(1);

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("virt-handler")
          .withForce(true)
          .build();

  private enum Said {
    NOTHING,
    NOT_SCHEDULABLE,
    SCHEDULABLE
  }

  private final String node;
  private final KubernetesClient client;
  private final Capabilities offered;
  private final BooleanSupplier ready;
  private final Clock clock;
  private final AtomicReference<Said> said = new AtomicReference<>(Said.NOTHING);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heartbeat").factory());

  /**
   * @param ready whether instances can be run here now
   */
  public Heartbeat(
      String node,
      KubernetesClient client,
      Capabilities offered,
      BooleanSupplier ready,
      Clock clock) {
    this.node = node;
    this.client = client;
    this.offered = offered;
    this.ready = ready;
    this.clock = clock;
  }

  /** Begins; the first beat comes as soon as the node is ready. */
  public void start() {
    beat();
  }

  private void beat() {
    boolean schedulable = ready.getAsBoolean();
    boolean well = say(schedulable);
    Duration next = schedulable && well ? EVERY : AT_FIRST;
    if (!timer.isShutdown()) {
      var _ = timer.schedule(this::beat, next.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private boolean say(boolean schedulable) {
    if (!schedulable && said.get() == Said.NOT_SCHEDULABLE) {
      return true;
    }
    try {
      var _ = client.nodes().resource(applied(schedulable)).patch(APPLY);
      said.set(schedulable ? Said.SCHEDULABLE : Said.NOT_SCHEDULABLE);
      return true;
    } catch (KubernetesClientException e) {
      LOG.atWarn().addKeyValue("node", node).setCause(e).log("the heartbeat was not taken");
      return false;
    }
  }

  private Node applied(boolean schedulable) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return new NodeBuilder()
        .withNewMetadata()
        .withName(node)
        .withLabels(NodeLabels.of(offered, architecture(), schedulable))
        .addToAnnotations(ANNOTATION, now)
        .endMetadata()
        .build();
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch", "")) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case "s390x" -> "s390x";
      default -> "";
    };
  }

  /** Stops, and says that no new instances may come. */
  @Override
  public void close() {
    timer.shutdownNow();
    var _ = say(false);
  }
}
