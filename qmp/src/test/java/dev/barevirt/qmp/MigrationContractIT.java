package dev.barevirt.qmp;

import static dev.barevirt.qmp.RealQemu.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.qmp.command.Migrate;
import dev.barevirt.qmp.command.MigrateCancel;
import dev.barevirt.qmp.command.MigrateIncoming;
import dev.barevirt.qmp.command.MigrateSetCapabilities;
import dev.barevirt.qmp.command.MigrateSetParameters;
import dev.barevirt.qmp.command.MigrationCapabilityState;
import dev.barevirt.qmp.command.QueryMigrate;
import dev.barevirt.qmp.command.QueryMigrateParameters;
import dev.barevirt.qmp.command.QueryStatus;
import dev.barevirt.qmp.command.RunState;
import dev.barevirt.qmp.event.Migration;
import dev.barevirt.qmp.event.MigrationStatus;
import dev.barevirt.qmp.wire.WireLoop;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A machine without a guest, sent from one real QEMU to another. */
final class MigrationContractIT {
  private static final MigrateSetCapabilities EVENTS =
      new MigrateSetCapabilities(List.of(new MigrationCapabilityState("events", true)));

  private final WireLoop loop = WireLoop.start("migration");
  private final RealQemu source;
  private final RealQemu target;

  MigrationContractIT() throws Exception {
    source = RealQemu.start("-machine", "q35", "-m", "64");
    target = RealQemu.start("-machine", "q35", "-m", "64", "-incoming", "defer");
  }

  @AfterEach
  void close() throws Exception {
    source.close();
    target.close();
    loop.close();
  }

  private static QmpExpectation expect(QmpClient client, MigrationStatus status) {
    return client.expect(e -> e instanceof Migration m && m.status() == status);
  }

  @Test
  void machineArrives() throws Exception {
    String uri = "unix:" + target.path("migration");
    try (QmpClient from = source.connect(loop);
        QmpClient to = target.connect(loop);
        QmpExpectation left = expect(from, MigrationStatus.COMPLETED);
        QmpExpectation arrived = expect(to, MigrationStatus.COMPLETED)) {
      from.call(EVENTS);
      to.call(EVENTS);
      to.call(new MigrateIncoming(uri, null, null));
      from.call(new Migrate(uri, null, null));
      left.await(PATIENCE);
      arrived.await(PATIENCE);

      QueryMigrate.Progress progress = from.call(new QueryMigrate());
      assertThat(progress.status()).isEqualTo(MigrationStatus.COMPLETED);
      assertThat(progress.ram()).isNotNull();
      assertThat(progress.ram().total()).isGreaterThan(64L << 20);
      assertThat(from.call(new QueryStatus()).status()).isEqualTo(RunState.POSTMIGRATE);
    }
  }

  @Test
  void slowMigrationIsCancelled() throws Exception {
    String uri = "unix:" + target.path("migration");
    try (QmpClient from = source.connect(loop);
        QmpClient to = target.connect(loop);
        QmpExpectation active = expect(from, MigrationStatus.ACTIVE);
        QmpExpectation cancelled = expect(from, MigrationStatus.CANCELLED)) {
      from.call(EVENTS);
      from.call(
          new MigrateSetParameters(
              null, null, null, null, null, null, null, null, null, null, null, null, 4096L, 1L,
              null, null));
      assertThat(from.call(new QueryMigrateParameters()).at("max-bandwidth").integer())
          .isEqualTo(4096);
      to.call(new MigrateIncoming(uri, null, null));
      from.call(new Migrate(uri, null, null));
      active.await(PATIENCE);
      from.call(new MigrateCancel());
      cancelled.await(PATIENCE);

      assertThat(from.call(new QueryStatus()).status()).isEqualTo(RunState.PRELAUNCH);
    }
  }
}
