package dev.barevirt.control;

import dev.barevirt.control.cluster.FirstInstallationReconciler;
import dev.barevirt.control.cluster.KubeVirtReconciler;
import dev.barevirt.control.cluster.LiveConfig;
import dev.barevirt.control.kube.EventRecorder;
import dev.barevirt.control.kube.FieldWriter;
import dev.barevirt.control.replicaset.ReplicaSetReconciler;
import dev.barevirt.control.vm.VmReconciler;
import dev.barevirt.control.vmi.VmiReconciler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** All controllers, of which those of one process at a time work: that which holds the lease. */
public final class Controllers implements AutoCloseable {
  private static final String LEASE = "virt-controller";
  private static final String COMPONENT = "virtualmachine-controller";
  private static final int WRITES_AT_ONCE = 24;
  private static final Duration SYNC = Duration.ofMinutes(2);
  private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
  private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);
  private static final Duration FIRST_RETRY = Duration.ofMillis(500);
  private static final long LAST_RETRY_MILLIS = Duration.ofMinutes(1).toMillis();

  private final KubernetesClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final LiveConfig config;
  private final Operator operator;

  /**
   * Who runs the controllers.
   *
   * @param namespace where the control plane lives
   * @param identity the name of this process among its like
   * @param launcherImage the image launchers run from
   * @param onLost runs when another process holds the lease: this one must work no more
   */
  public record Identity(
      String namespace, String identity, String launcherImage, Runnable onLost) {}

  /** Makes them; {@link #start} sets them to work. The client is closed with them. */
  public Controllers(KubernetesClient client, Identity who, Clock clock) {
    this.client = client;
    this.config = LiveConfig.follow(client, who.namespace(), who.launcherImage());
    this.operator =
        new Operator(
            overrider ->
                overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withExecutorService(threads)
                    .withCacheSyncTimeout(SYNC)
                    .withUseSSAToPatchPrimaryResource(false)
                    .withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                            .withLeaseNamespace(who.namespace())
                            .withIdentity(who.identity())
                            .withLeaseDuration(LEASE_DURATION)
                            .withRenewDeadline(RENEW_DEADLINE)
                            .withRetryPeriod(RETRY_PERIOD)
                            .withExitOnStopLeading(false)
                            .withLeaderCallbacks(callbacks(who.onLost()))
                            .build()));
    FieldWriter writer = new FieldWriter(client, WRITES_AT_ONCE);
    EventRecorder events = new EventRecorder(client, threads, clock, COMPONENT);
    operator.register(
        new KubeVirtReconciler(client, writer, who.namespace(), who.launcherImage(), clock),
        Controllers::withPatience);
    operator.register(
        new FirstInstallationReconciler(client, writer),
        configuration ->
            configuration
                .settingNamespace(who.namespace())
                .withLabelSelector(FirstInstallationReconciler.SELECTOR)
                .withRetry(patience()));
    operator.register(new ReplicaSetReconciler(writer, events, clock), Controllers::withPatience);
    operator.register(new VmReconciler(client, writer, events, clock), Controllers::withPatience);
    operator.register(new VmiReconciler(writer, events, config, clock), Controllers::withPatience);
  }

  /** A lease that is given back at the end has not been lost. */
  private LeaderCallbacks callbacks(Runnable onLost) {
    return new LeaderCallbacks(
        () -> {},
        () -> {
          if (!closing.get()) {
            onLost.run();
          }
        },
        _ -> {});
  }

  /** The first retry comes soon; there is no last one, because the world may mend any time. */
  private static void withPatience(ControllerConfigurationOverrider<?> configuration) {
    configuration.withRetry(patience());
  }

  private static GenericRetry patience() {
    return new GenericRetry()
        .setInitialInterval(FIRST_RETRY)
        .setIntervalMultiplier(2)
        .setMaxInterval(LAST_RETRY_MILLIS)
        .withoutMaxAttempts();
  }

  /** Sets them to work as soon as this process holds the lease; waits until it has its caches. */
  public void start() {
    operator.start();
  }

  /** Whether their caches follow the API server. */
  public boolean isHealthy() {
    return operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  @Override
  public void close() {
    closing.set(true);
    operator.stop();
    config.close();
    threads.close();
    client.close();
  }
}
