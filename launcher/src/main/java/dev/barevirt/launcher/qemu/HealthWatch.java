package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.MachineListener;
import dev.barevirt.qmp.QmpClient;
import dev.barevirt.qmp.RescueMonitor;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireHealth;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a QEMU has stopped answering, and asks its second monitor what the matter is. That
 * is told as a warning and changes nothing: a slow QEMU is not a dead one.
 */
final class HealthWatch {
  private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final QmpClient client;
  private final Rescue rescue;
  private final MachineListener listener;
  private volatile @Nullable String warning; // null while all is well

  private HealthWatch(QmpClient client, Rescue rescue, MachineListener listener) {
    this.client = client;
    this.rescue = rescue;
    this.listener = listener;
  }

  /** Watches until the connection ends. */
  static HealthWatch of(QmpClient client, Rescue rescue, MachineListener listener) {
    HealthWatch watch = new HealthWatch(client, rescue, listener);
    Thread.ofVirtual().name("health").start(watch::watch);
    return watch;
  }

  /** What is the matter, when something is. */
  Optional<String> warning() {
    return Optional.ofNullable(warning);
  }

  private void watch() {
    try {
      while (!ended()) {
        look();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ended() throws InterruptedException {
    try {
      client.closed().toCompletableFuture().get(STEP.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException open) {
      return false;
    } catch (ExecutionException closed) {
      return true;
    }
  }

  private void look() throws InterruptedException {
    String now =
        client.health() == WireHealth.STALLED
            ? "QEMU has not answered for "
                + client.oldestUnanswered().toSeconds()
                + " s: "
                + diagnosis()
            : null;
    boolean changed = (now == null) != (warning == null);
    warning = now;
    if (changed) {
      LOG.warn("{}", now == null ? "QEMU answers again" : now);
      listener.happened(now == null ? "QemuAnswers" : "QemuStalled", now);
      listener.changed();
    }
  }

  private String diagnosis() throws InterruptedException {
    try (RescueMonitor monitor = rescue.connect()) {
      return switch (monitor.diagnose(PATIENCE)) {
        case ANSWERS -> "it is busy with one long command";
        case MAIN_LOOP_STUCK -> "its main loop is stuck";
        case SILENT -> "it is stopped, or starved of the processor";
        case GONE -> "it is about to end";
      };
    } catch (WireException silent) {
      return "its second monitor is silent too";
    }
  }

  /** Connects to the second monitor. */
  @FunctionalInterface
  interface Rescue {
    RescueMonitor connect() throws InterruptedException;
  }
}
