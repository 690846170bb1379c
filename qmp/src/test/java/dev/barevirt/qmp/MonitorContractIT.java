package dev.barevirt.qmp;

import static dev.barevirt.qmp.RealQemu.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.qmp.command.AddFd;
import dev.barevirt.qmp.command.CloseFd;
import dev.barevirt.qmp.command.Cont;
import dev.barevirt.qmp.command.GetFd;
import dev.barevirt.qmp.command.QueryFdsets;
import dev.barevirt.qmp.command.QuerySchema;
import dev.barevirt.qmp.command.QueryStatus;
import dev.barevirt.qmp.command.QueryYank;
import dev.barevirt.qmp.command.Quit;
import dev.barevirt.qmp.command.RemoveFd;
import dev.barevirt.qmp.command.RunState;
import dev.barevirt.qmp.command.Stop;
import dev.barevirt.qmp.event.Resume;
import dev.barevirt.qmp.event.Shutdown;
import dev.barevirt.qmp.event.ShutdownCause;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.LateReply;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.UnixSockets;
import dev.barevirt.qmp.wire.WireCommand;
import dev.barevirt.qmp.wire.WireConnection;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireHealth;
import dev.barevirt.qmp.wire.WireListener;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireReply;
import dev.barevirt.qmp.wire.WireSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What we believe of every QEMU's monitor, asked of the real one. */
final class MonitorContractIT {
  private final AtomicLong clock = new AtomicLong();
  private final WireLoop loop = WireLoop.start("contract", clock::get);
  private final RealQemu qemu;

  MonitorContractIT() throws Exception {
    qemu = RealQemu.start("-machine", "none");
  }

  @AfterEach
  void close() throws Exception {
    qemu.close();
    loop.close();
  }

  @Test
  void greetsAndAnswers() throws Exception {
    try (QmpClient client = qemu.connect(loop)) {
      assertThat(client.greeting().isAtLeast(7, 2)).isTrue();
      assertThat(client.greeting().capabilities()).contains("oob");
      assertThat(client.call(new QueryStatus()))
          .isEqualTo(new QueryStatus.Status(false, RunState.PRELAUNCH));
    }
  }

  @Test
  void sendsItsSchemaInOneLine() throws Exception {
    try (QmpClient client = qemu.connect(loop)) {
      assertThat(client.call(new QuerySchema()).elements()).hasSizeGreaterThan(900);
    }
  }

  @Test
  void answersFortyCommandsInTheirOrder() throws Exception {
    WireSettings wide = WireSettings.library().withWindow(64);
    try (WireConnection connection =
        WireConnection.connect(loop, qemu.monitor(), wide, new WireListener() {})) {
      connection.awaitGreeting(PATIENCE);
      connection.call(WireCommand.of("qmp_capabilities", RawJson.EMPTY_OBJECT), PATIENCE);
      List<Long> answered = new CopyOnWriteArrayList<>();
      List<WireReply> replies = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        WireReply reply = connection.submit(WireCommand.of("query-status", RawJson.EMPTY_OBJECT));
        reply.stage().thenRun(() -> answered.add(reply.id()));
        replies.add(reply);
      }
      for (WireReply reply : replies) {
        reply.await(PATIENCE);
      }
      Until.holds("all are answered", () -> answered.size() == 40);

      assertThat(answered).isSorted();
    }
  }

  @Test
  void answersWhatIsNoJsonWithoutIdAndGoesOn() throws Exception {
    try (ByteStream raw = ByteStream.connect(loop, qemu.monitor())) {
      byte[] talk =
          "{\"execute\":\"qmp_capabilities\"}\n}\n{\"execute\":\"query-status\",\"id\":7}\n"
              .getBytes(StandardCharsets.UTF_8);
      raw.write(talk, 0, talk.length);
      StringBuilder heard = new StringBuilder();
      byte[] buffer = new byte[4096];
      while (heard.indexOf("\"id\": 7") < 0) {
        int length = raw.read(buffer);
        assertThat(length).isPositive();
        heard.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
      }

      String error = heard.toString().lines().filter(l -> l.contains("error")).findFirst().get();
      assertThat(error).contains("GenericError").doesNotContain("\"id\"");
    }
  }

  @Test
  void refusesACommandItDoesNotKnow() throws Exception {
    try (QmpClient client = qemu.connect(loop)) {
      assertThatThrownBy(() -> client.raw("levitate", RawJson.EMPTY_OBJECT, PATIENCE))
          .isInstanceOfSatisfying(
              WireException.Refused.class,
              e -> assertThat(e.errorClass()).isEqualTo("CommandNotFound"));
    }
  }

  @Test
  void takesAFileTogetherWithTheCommand() throws Exception {
    try (QmpClient client = qemu.connect(loop)) {
      AddFd.Added added = client.call(new AddFd(null, "disk-a", file()));

      List<QueryFdsets.Fdset> sets = client.call(new QueryFdsets());
      assertThat(sets).hasSize(1);
      assertThat(sets.getFirst().fds().getFirst().opaque()).isEqualTo("disk-a");
      client.call(new Cont());
      client.call(new RemoveFd(added.fdsetId(), null));
      assertThat(client.call(new QueryFdsets())).isEmpty();
      client.call(new GetFd("tap0", file()));
      client.call(new CloseFd("tap0"));
      assertThat(client.transcript().entries().toString()).doesNotContain("parse error");
    }
  }

  @Test
  void filesOfOneMonitorAreUnknownToTheOther() throws Exception {
    try (QmpClient client = qemu.connect(loop);
        QmpClient other =
            QmpClient.connect(loop, qemu.rescueMonitor(), WireSettings.library(), PATIENCE)) {
      client.call(new GetFd("tap0", file()));
      client.call(new AddFd(null, "disk-a", file()));

      assertThatThrownBy(() -> other.call(new CloseFd("tap0")))
          .isInstanceOf(WireException.Refused.class);
      assertThat(other.call(new QueryFdsets())).hasSize(1);
    }
  }

  @Test
  void secondClientOfAMonitorIsNotGreeted() throws Exception {
    try (QmpClient first = qemu.connect(loop)) {
      assertThatThrownBy(
              () ->
                  QmpClient.connect(
                      loop, qemu.monitor(), WireSettings.library(), Duration.ofSeconds(1)))
          .isInstanceOf(WireException.TimedOut.class);
      assertThat(first.call(new QueryStatus()).running()).isFalse();
    }
  }

  @Test
  void monitorTakesTheNextClientWhenOneHasGone() throws Exception {
    qemu.connect(loop).close();
    try (QmpClient next = qemu.connect(loop)) {
      assertThat(next.call(new QueryStatus()).status()).isEqualTo(RunState.PRELAUNCH);
    }
  }

  @Test
  void tellsWhenItRuns() throws Exception {
    try (QmpClient client = qemu.connect(loop);
        QmpExpectation resumed = client.expect(Resume.class::isInstance);
        QmpExpectation stopped = client.expect(dev.barevirt.qmp.event.Stop.class::isInstance)) {
      client.call(new Cont());
      resumed.await(PATIENCE);
      assertThat(client.call(new QueryStatus()).status()).isEqualTo(RunState.RUNNING);
      client.call(new Stop());
      stopped.await(PATIENCE);
      assertThat(client.call(new QueryStatus()).status()).isEqualTo(RunState.PAUSED);
    }
  }

  @Test
  void quitEndsTheConnectionHoweverItEnds() throws Exception {
    try (QmpClient client = qemu.connect(loop);
        QmpExpectation shutdown = client.expect(Shutdown.class::isInstance)) {
      try {
        client.call(new Quit());
      } catch (WireException.Disconnected _) {
        // Its end can overtake its reply.
      }

      assertThat(shutdown.await(PATIENCE).event())
          .isEqualTo(new Shutdown(false, ShutdownCause.HOST_QMP_QUIT));
      assertThat(qemu.exitCode()).isZero();
      client.closed().toCompletableFuture().get(120, TimeUnit.SECONDS);
      assertThat(client.health()).isEqualTo(WireHealth.CLOSED);
    }
  }

  @Test
  void signalIsToldAsTheReason() throws Exception {
    try (QmpClient client = qemu.connect(loop);
        QmpExpectation shutdown = client.expect(Shutdown.class::isInstance)) {
      qemu.signal("TERM");

      assertThat(shutdown.await(PATIENCE).event())
          .isEqualTo(new Shutdown(false, ShutdownCause.HOST_SIGNAL));
      assertThat(qemu.exitCode()).isZero();
    }
  }

  @Test
  void stoppedProcessIsToldFromABusyOne() throws Exception {
    try (QmpClient client = qemu.connect(loop);
        RescueMonitor rescue =
            RescueMonitor.connect(loop, qemu.rescueMonitor(), WireSettings.resident(), PATIENCE)) {
      LinkedBlockingQueue<LateReply> late = new LinkedBlockingQueue<>();
      client.onLateReply(late::add);
      assertThat(rescue.diagnose(PATIENCE)).isEqualTo(RescueMonitor.Diagnosis.ANSWERS);
      qemu.signal("STOP");
      QmpReply<QueryStatus.Status> stuck = client.submit(new QueryStatus());

      Until.holds("the question is sent", () -> client.transcript().entries().size() == 4);
      assertThatThrownBy(() -> stuck.await(Duration.ofSeconds(1)))
          .isInstanceOf(WireException.TimedOut.class);
      clock.addAndGet(TimeUnit.SECONDS.toNanos(31));
      assertThat(client.health()).isEqualTo(WireHealth.STALLED);
      assertThat(rescue.diagnose(Duration.ofSeconds(1))).isEqualTo(RescueMonitor.Diagnosis.SILENT);

      qemu.signal("CONT");
      assertThat(late.poll(120, TimeUnit.SECONDS)).isNotNull();
      assertThat(client.health()).isEqualTo(WireHealth.HEALTHY);
      assertThat(rescue.diagnose(PATIENCE)).isEqualTo(RescueMonitor.Diagnosis.ANSWERS);
    }
  }

  @Test
  void killedProcessIsGone() throws Exception {
    try (QmpClient client = qemu.connect(loop);
        RescueMonitor rescue =
            RescueMonitor.connect(loop, qemu.rescueMonitor(), WireSettings.resident(), PATIENCE)) {
      qemu.process().destroyForcibly();
      client.closed().toCompletableFuture().get(120, TimeUnit.SECONDS);
      qemu.exitCode();

      assertThat(rescue.diagnose(PATIENCE)).isEqualTo(RescueMonitor.Diagnosis.GONE);
    }
  }

  @Test
  void rescueMonitorOvertakes() throws Exception {
    try (RescueMonitor rescue =
        RescueMonitor.connect(loop, qemu.rescueMonitor(), WireSettings.resident(), PATIENCE)) {
      assertThat(rescue.callOutOfBand(new QueryYank(), PATIENCE)).isNotEmpty();
    }
  }

  private static OwnedFd file() {
    UnixSockets.Pair pair = UnixSockets.pair();
    pair.there().close();
    return pair.here();
  }
}
