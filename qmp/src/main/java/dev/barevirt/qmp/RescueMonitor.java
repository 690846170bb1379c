package dev.barevirt.qmp;

import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.WireCommand.Lane;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireHealth;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A second monitor of the same QEMU, kept quiet until the first one falls silent. Its out-of-band
 * commands run on a thread of their own in QEMU, which tells a busy main loop from a process that
 * does not run at all.
 */
public final class RescueMonitor implements AutoCloseable {
  /** What is the matter with a QEMU that does not answer. */
  public enum Diagnosis {
    /** It answers here: the other monitor is at work on a long command. */
    ANSWERS,
    /** Its monitor thread lives but its main loop does not get round to commands. */
    MAIN_LOOP_STUCK,
    /** Nothing in it runs: stopped, or starved of the CPU. */
    SILENT,
    /** It has gone. */
    GONE
  }

  private final QmpClient client;

  private RescueMonitor(QmpClient client) {
    this.client = client;
  }

  /** Connects to the second monitor's socket and negotiates out-of-band commands. */
  public static RescueMonitor connect(
      WireLoop loop, Path socket, WireSettings settings, Duration patience)
      throws InterruptedException {
    return new RescueMonitor(QmpClient.withOutOfBand(loop, socket, settings, patience));
  }

  /** Finds out what is the matter; waits at most so long for an answer. */
  public Diagnosis diagnose(Duration patience) throws InterruptedException {
    if (client.health() == WireHealth.CLOSED) {
      return Diagnosis.GONE;
    }
    QmpReply<Json> inBand = client.submit(new Question("query-status"), Lane.SHARED);
    QmpReply<Json> outOfBand = client.submit(new Question("query-yank"), Lane.OUT_OF_BAND);
    try {
      inBand.await(patience);
      return Diagnosis.ANSWERS;
    } catch (WireException.Disconnected _) {
      return Diagnosis.GONE;
    } catch (WireException.TimedOut _) {
      return withoutMainLoop(outOfBand);
    }
  }

  private Diagnosis withoutMainLoop(QmpReply<Json> outOfBand) throws InterruptedException {
    try {
      outOfBand.await(Duration.ofMillis(1));
      return Diagnosis.MAIN_LOOP_STUCK;
    } catch (WireException.Disconnected _) {
      return Diagnosis.GONE;
    } catch (WireException.TimedOut _) {
      return Diagnosis.SILENT;
    }
  }

  /**
   * Runs a command beside whatever QEMU is busy with. QEMU takes only few commands so: yank,
   * query-yank, migrate-pause and migrate-recover.
   */
  public <R> R callOutOfBand(QmpCommand<R> command, Duration deadline) throws InterruptedException {
    return client.submit(command, Lane.OUT_OF_BAND).await(deadline);
  }

  /** Closes this monitor; QEMU and the other monitor go on. */
  @Override
  public void close() {
    client.close();
  }

  private record Question(String wireName) implements QmpCommand.Query<Json> {
    @Override
    public ReplyType<Json> replyType() {
      return ReplyType.json();
    }

    @Override
    public Json arguments() {
      return Json.object().build();
    }
  }
}
