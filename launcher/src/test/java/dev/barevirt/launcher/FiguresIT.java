package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A guest reads figures of its host, and of itself, on its channel and from its disk. */
final class FiguresIT {
  private static final GuestRequest REQUEST =
      Requests.with(
          """
          "cpu": {"cores": 2},
          "devices": {"downwardMetrics": {},
            "disks": [{"name": "figures", "disk": {"bus": "virtio"}}]}
          """,
          "\"volumes\": [{\"name\": \"figures\", \"downwardMetrics\": {}}],",
          List.of(),
          List.of());

  private static final String ASK =
      "exec 3<>/dev/virtio-ports/org.github.vhostmd.1; printf 'GET /metrics/XML\\n\\n' >&3;"
          + " sed '/<.metrics>/q' <&3; exec 3>&-";

  @Test
  void theChannelAndTheDiskTellOfTheHost() throws Exception {
    try (ResidentProcess resident = ResidentProcess.start()) {
      GuestReport begun = resident.call(new LauncherCommand.Sync(REQUEST));
      assertThat(begun.phase()).as(resident.log()).isEqualTo(GuestPhase.RUNNING);
      try (SerialText console = resident.console()) {
        console.await("barevirt guest ready");
        readsFigures(console);
      }
      resident.die();
      resident.restartAdopting();
      resident.awaitPhase(GuestPhase.RUNNING);
      try (SerialText console = resident.console()) {
        console.type("\n");
        readsFigures(console);
      }
      resident.call(new LauncherCommand.Kill(false));
      resident.lastReport();
    }
  }

  private static void readsFigures(SerialText console) throws InterruptedException {
    assertThat(console.run(ASK))
        .contains("<name>HostName</name>", "<name>NumberOfPhysicalCPUs</name>")
        .containsPattern("ResourceProcessorLimit</name>\\s+<value>2</value>")
        .containsPattern("ResourceMemoryLimit</name>\\s+<value>131072</value>");
    assertThat(console.run("dd if=/dev/vda bs=4 count=1 2>/dev/null; echo")).contains("mvbd");
    assertThat(console.run("tr -d '\\0' < /dev/vda | grep -c '<metric '")).contains("15");
    assertThat(console.run("cat /sys/block/vda/ro")).contains("1");
  }
}
