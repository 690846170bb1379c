package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.api.launcher.DeviceReport.Kind;
import dev.barevirt.api.launcher.DeviceReport.State;
import dev.barevirt.launcher.machine.HotplugPlan.Unplug;
import dev.barevirt.qmp.FakeQemu;
import dev.barevirt.qmp.QmpClient;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guests that refuse to let go of a device, take their time, or never answer. */
final class UnpluggingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ID = "disk-data";

  private final WireLoop loop = WireLoop.start("unplugging");
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final FakeQemu fake;
  private QmpClient client;
  private Unplugging unplugging;

  UnpluggingTest() throws Exception {
    fake = FakeQemu.start();
  }

  @BeforeEach
  void begin() throws Exception {
    fake.on(
        "device_del",
        call -> {
          asked.add(call.arguments().at("id").text());
          call.reply("{}");
        });
    client = QmpClient.connect(loop, fake.socket(), WireSettings.resident(), PATIENCE);
    unplugging = new Unplugging(new Monitor(client), now::get);
    unplugging.begin(
        new Unplug(ID, List.of(), List.of()),
        new DeviceReport("data", Kind.DISK, ID, State.ATTACHED, null));
  }

  @AfterEach
  void end() {
    client.close();
    loop.close();
    fake.close();
  }

  @Test
  void aGuestThatRefusesIsToldAboutAndAskedAgainOnlyLater() throws Exception {
    assertThat(unplugging.refused(ID)).isTrue();

    assertThat(unplugging.reports())
        .containsExactly(
            new DeviceReport(
                "data", Kind.DISK, ID, State.FAILED, "the guest refused to let go of it"));
    after(Duration.ofSeconds(4));
    assertThat(asked).containsExactly(ID);
    after(Duration.ofSeconds(1));
    assertThat(asked).containsExactly(ID, ID);
    assertThat(unplugging.reports())
        .extracting(DeviceReport::state)
        .containsExactly(State.UNPLUGGING);
    assertThat(unplugging.gone(ID))
        .hasValueSatisfying(one -> assertThat(one.deviceId()).isEqualTo(ID));
    assertThat(unplugging.reports()).isEmpty();
  }

  @Test
  void aGuestThatNeverAnswersKeepsTheDevice() throws Exception {
    for (int i = 0; i < 3; i++) {
      after(Duration.ofMinutes(1));
    }

    assertThat(asked).hasSize(4);
    assertThat(unplugging.reports())
        .extracting(DeviceReport::state)
        .containsExactly(State.UNPLUGGING);
  }

  @Test
  void aRequestThatIsUnderWayIsAsGoodAsAccepted() throws Exception {
    fake.on(
        "device_del",
        call ->
            call.refuse("GenericError", "Device disk-data is already in the process of unplug"));

    after(Duration.ofMinutes(1));

    assertThat(unplugging.reports())
        .extracting(DeviceReport::state)
        .containsExactly(State.UNPLUGGING);
  }

  @Test
  void whatNobodyAskedForIsNoneOfItsBusiness() {
    assertThat(unplugging.refused("nic-other")).isFalse();
    assertThat(unplugging.gone("nic-other")).isEmpty();
    assertThat(unplugging.gone(ID)).isPresent();
    assertThat(unplugging.gone(ID)).as("told twice, as a reset does").isEmpty();
  }

  private void after(Duration passed) throws InterruptedException {
    now.updateAndGet(instant -> instant.plus(passed));
    unplugging.again();
  }
}
