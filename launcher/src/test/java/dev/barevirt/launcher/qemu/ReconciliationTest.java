package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.guest.GuestNews;
import dev.barevirt.launcher.guest.MachineListener;
import dev.barevirt.launcher.guest.QemuExit;
import dev.barevirt.qmp.FakeQemu;
import dev.barevirt.qmp.QmpClient;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A state whose events were lost. */
final class ReconciliationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final WireLoop loop = WireLoop.start("reconciliation");
  private final BlockingQueue<GuestNews> told = new LinkedBlockingQueue<>();
  private final List<String> gone = new CopyOnWriteArrayList<>();
  private final FakeQemu fake;
  private QmpClient client;
  private Reconciliation reconciliation;

  ReconciliationTest() throws Exception {
    fake = FakeQemu.start();
  }

  @BeforeEach
  void connect() throws Exception {
    client = QmpClient.connect(loop, fake.socket(), WireSettings.resident(), PATIENCE);
    reconciliation =
        new Reconciliation(
            new Monitor(client), new Ear(), () -> List.of("disk-a", "disk-b"), gone::add);
    fake.on(
        "qom-list",
        call ->
            call.reply(
                "[{\"name\": \"type\", \"type\": \"string\"}, {\"name\": \"disk-b\", \"type\": \"child<x>\"}]"));
  }

  @AfterEach
  void end() {
    client.close();
    loop.close();
    fake.close();
  }

  private void runs(boolean running) {
    fake.on(
        "query-status",
        call ->
            call.reply(
                "{\"status\": \"%s\", \"running\": %s}"
                    .formatted(running ? "running" : "paused", running)));
  }

  @Test
  void tellsWhetherTheGuestRunsAndWhichDevicesAreGone() throws Exception {
    runs(false);
    reconciliation.reconcile();
    assertThat(told).containsExactly(new GuestNews.Stopped());
    assertThat(gone).containsExactly("disk-a");

    runs(true);
    reconciliation.reconcile();
    assertThat(told).contains(new GuestNews.Resumed());
  }

  @Test
  void anAnswerThatAnEventHasOvertakenIsDropped() throws Exception {
    fake.on(
        "query-status",
        call -> {
          reconciliation.fold(() -> told.add(new GuestNews.Stopped()));
          call.reply("{\"status\": \"running\", \"running\": true}");
        });
    reconciliation.reconcile();
    assertThat(told).containsExactly(new GuestNews.Stopped());
  }

  @Test
  void theLaneAsksNowAndThenWithoutAnyEvent() throws Exception {
    runs(true);
    EventLane.open(client, _ -> {}, reconciliation::begin, Duration.ofMillis(20));
    for (int i = 0; i < 3; i++) {
      assertThat(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(new GuestNews.Resumed());
    }
  }

  private final class Ear implements MachineListener {
    @Override
    public void news(GuestNews news) {
      told.add(news);
    }

    @Override
    public void exited(QemuExit exit) {
      throw new AssertionError("nothing ends here: " + exit);
    }

    @Override
    public void changed() {
      throw new AssertionError("nothing else changes");
    }

    @Override
    public void happened(String type, @Nullable String message) {
      throw new AssertionError("nothing else happens: " + type);
    }
  }
}
