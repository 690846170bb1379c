package dev.barevirt.launcher.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.ExitStatus;
import dev.barevirt.launcher.os.Pipe;
import dev.barevirt.launcher.os.RawBytes;
import dev.barevirt.launcher.os.RunningProcess;
import dev.barevirt.launcher.os.SpawnRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Against the control groups of this host, whichever version they are. */
final class CgroupsIT {
  private static final Duration SOON = Duration.ofMinutes(2);

  private final String name = "it-" + UUID.randomUUID();
  private final Cgroups cgroups = Cgroups.ofThisHost();

  @Test
  void aProcessThatRunsOutOfMemoryIsToldFromOneThatWasKilled() {
    inItsOwnGroup(
        group -> {
          try (Pipe start = Pipe.open()) {
            RunningProcess hungry =
                Children.ofThisProcess()
                    .start(
                        SpawnRequest.of(List.of("/bin/sh", "-c", "read go; exec tail /dev/zero"))
                            .withEnvironment(Map.of("PATH", "/usr/bin:/bin"))
                            .passing(0, start.reader()));
            group.add(hungry.pid());
            assertThat(group.limit(new CgroupLimits(32L << 20, null, null))).isEmpty();
            assertThat(group.hadOutOfMemory()).isFalse();
            assertThat(cgroups.find(name, hungry.pid())).isPresent();
            assertThat(cgroups.find("another", hungry.pid())).isEmpty();

            start.writer().close(); // end of file is as good as a line

            assertThat(hungry.awaitExit(SOON)).contains(new ExitStatus.Signalled(9));
            assertThat(group.hadOutOfMemory()).isTrue();
          }
        });
  }

  @Test
  void allThatIsInAGroupIsKilledTogether() {
    inItsOwnGroup(
        group -> {
          try (Pipe ready = Pipe.open();
              Pipe start = Pipe.open()) {
            RunningProcess parent =
                Children.ofThisProcess()
                    .start(
                        SpawnRequest.of(
                                List.of(
                                    "/bin/sh",
                                    "-c",
                                    "read go; setsid sleep 1000 & echo; exec sleep 1000"))
                            .withEnvironment(Map.of("PATH", "/usr/bin:/bin"))
                            .passing(0, start.reader())
                            .passing(1, ready.writer()));
            group.add(parent.pid());
            start.writer().close();
            ready.writer().close();
            assertThat(RawBytes.read(ready.reader(), 1)).hasSize(1);
            assertThat(group.processes()).contains(parent.pid()).hasSizeGreaterThan(1);

            group.killAll();

            assertThat(parent.awaitExit(SOON)).contains(new ExitStatus.Signalled(9));
            Awaitility.await().atMost(SOON).until(() -> group.processes().isEmpty());
          }
        });
  }

  /** Where no group may be made there is nothing to test but that the reason is said. */
  private void inItsOwnGroup(Consumer<MachineCgroup> test) {
    switch (cgroups.place(name)) {
      case Placement.Own(MachineCgroup group) -> {
        try {
          test.accept(group);
        } finally {
          group.killAll();
          Awaitility.await().atMost(SOON).until(group::remove);
        }
      }
      case Placement.Shared(String reason) -> assertThat(reason).isNotBlank();
    }
  }
}
