package dev.barevirt.launcher.pod;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.launcher.guest.GuestController;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.MachineStarter;
import dev.barevirt.launcher.guest.SystemTicker;
import dev.barevirt.launcher.os.DescriptorShelf;
import dev.barevirt.launcher.rpc.AgentService;
import dev.barevirt.launcher.rpc.StreamOpener;
import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.qmp.wire.WireLoop;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a launcher in a pod: it waits for a guest, runs it, and tells how it ended. */
final class PodLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(PodLauncher.class);

  /** The pod's life is the limit; nobody else ends a launcher that was asked for nothing. */
  private static final Duration FOR_EVER = Duration.ofDays(100 * 365);

  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

  /** How long an agent that is being restarted may take to come back and hear the end. */
  private static final Duration LAST_REPORT = Duration.ofSeconds(15);

  private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);
  private static final int SUCCEEDED = 0;
  private static final int FAILED = 1;

  private final WireLoop loop;
  private final Path agent;
  private final MachineDirectory machine;
  private final MachineStarter starter;
  private final DescriptorShelf shelf;
  private final CompletableFuture<Void> told;

  /**
   * A launcher.
   *
   * @param told completed when the pod is told to end
   */
  PodLauncher(
      WireLoop loop,
      Path agent,
      MachineDirectory machine,
      MachineStarter starter,
      DescriptorShelf shelf,
      CompletableFuture<Void> told) {
    this.loop = loop;
    this.agent = agent;
    this.machine = machine;
    this.starter = starter;
    this.shelf = shelf;
    this.told = told;
  }

  /**
   * Serves until the guest has ended.
   *
   * @param out where the guest's serial lines go
   * @return the exit code that says how it ended
   */
  int serve(PrintStream out) throws InterruptedException {
    try (SystemTicker ticker = new SystemTicker();
        GuestController guest = new GuestController(starter, ticker);
        PodAttendant attendant = new PodAttendant(loop, guest, shelf, out)) {
      StreamOpener streams = new StreamOpener(guest, machine.serialLog());
      AgentService service = new AgentService(loop, agent, guest, streams, shelf, attendant);
      CompletableFuture<GuestReport> idle = new CompletableFuture<>();
      var _ = told.thenRunAsync(() -> end(guest, idle), task -> Thread.ofVirtual().start(task));
      try (AgentDialer _ = AgentDialer.start(loop, agent, service)) {
        GuestReport last = await(guest, idle);
        LOG.info("the guest has ended: {} {} {}", last.phase(), last.reason(), last.message());
        if (last.phase() != GuestPhase.IDLE
            && !service.awaitAcknowledged(last.sequence(), LAST_REPORT)) {
          LOG.warn("the node's agent has not heard how the guest ended");
        }
        service.awaitAnswered(LAST_ANSWERS);
        return last.phase() == GuestPhase.SUCCEEDED ? SUCCEEDED : FAILED;
      }
    }
  }

  private static GuestReport await(GuestController guest, CompletableFuture<GuestReport> idle)
      throws InterruptedException {
    Thread waiting =
        Thread.ofVirtual()
            .name("guest-end")
            .start(
                () -> {
                  try {
                    idle.complete(guest.awaitFinish(FOR_EVER));
                  } catch (InterruptedException noMore) {
                    Thread.currentThread().interrupt();
                  }
                });
    try {
      return idle.get();
    } catch (java.util.concurrent.ExecutionException defect) {
      throw new IllegalStateException(defect);
    } finally {
      waiting.interrupt();
    }
  }

  /** The pod ends: so does the guest, by itself if it will; a launcher without one just goes. */
  private static void end(GuestController guest, CompletableFuture<GuestReport> idle) {
    GuestReport now = guest.report();
    if (now.phase() == GuestPhase.IDLE) {
      idle.complete(now);
      return;
    }
    try {
      guest.shutdown(guest.grace().orElse(DEFAULT_GRACE));
    } catch (GuestException ended) {
      LOG.debug("nothing to shut down: {}", ended.getMessage());
    }
  }
}
