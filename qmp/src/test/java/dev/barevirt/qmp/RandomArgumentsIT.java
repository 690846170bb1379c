package dev.barevirt.qmp;

import static dev.barevirt.qmp.RealQemu.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.qmp.command.QuerySchema;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireLoop;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The schema that our commands are checked against is the truth: whatever it allows, a real QEMU
 * may refuse for what it means, and never for its shape.
 */
final class RandomArgumentsIT {
  private static final int ROUNDS = 40;
  private static final long SEED = 20_261_130;

  /** What a QEMU says of arguments whose shape it does not know. */
  private static final Pattern MISSHAPEN =
      Pattern.compile(
          "Invalid parameter type|Parameter '[^']*' is (missing|unexpected)"
              + "|does not accept value|Invalid JSON|QMP input");

  /**
   * Commands that change nothing outside the process, whatever they are given. A transaction is not
   * among them: QEMU 7.2 ends when one names a bitmap of a node that is not there.
   */
  private static final List<String> HARMLESS =
      List.of(
          "block-commit",
          "block-dirty-bitmap-add",
          "block-dirty-bitmap-clear",
          "block-dirty-bitmap-merge",
          "block-export-del",
          "block-job-cancel",
          "block-job-set-speed",
          "block-latency-histogram-set",
          "block-set-write-threshold",
          "block-stream",
          "block_resize",
          "block_set_io_throttle",
          "blockdev-backup",
          "blockdev-change-medium",
          "blockdev-close-tray",
          "blockdev-del",
          "blockdev-insert-medium",
          "blockdev-mirror",
          "blockdev-open-tray",
          "blockdev-remove-medium",
          "blockdev-snapshot",
          "chardev-remove",
          "chardev-send-break",
          "device-list-properties",
          "device_del",
          "job-cancel",
          "job-complete",
          "job-dismiss",
          "job-finalize",
          "job-pause",
          "job-resume",
          "netdev_del",
          "object-del",
          "qom-get",
          "qom-list",
          "qom-list-properties",
          "qom-list-types",
          "query-blockstats",
          "query-command-line-options",
          "query-cpu-model-expansion",
          "query-rx-filter",
          "query-stats",
          "query-stats-schemas",
          "send-key",
          "set_link",
          "watchdog-set-action",
          "yank");

  @Test
  void whatTheSchemaAllowsIsNeverMisshapen() throws Exception {
    Map<String, String> misshapen = new TreeMap<>();
    try (WireLoop loop = WireLoop.start("random");
        RealQemu qemu = RealQemu.start("-machine", "q35", "-m", "64");
        QmpClient client = qemu.connect(loop)) {
      QmpSchema schema = QmpSchema.of(client.call(new QuerySchema()));
      RandomArguments random = new RandomArguments(SEED);
      for (String command : HARMLESS) {
        QmpSchema.Type type = schema.arguments(command).orElseThrow();
        for (int round = 0; round < ROUNDS; round++) {
          Json arguments = random.of(type);
          String refusal = refusal(client, command, arguments);
          if (MISSHAPEN.matcher(refusal).find()) {
            misshapen.put(command + " " + arguments, refusal);
          }
        }
      }
    }
    assertThat(misshapen).isEmpty();
  }

  @Test
  void argumentsOfTheWrongShapeAreNoticed() throws Exception {
    try (WireLoop loop = WireLoop.start("random");
        RealQemu qemu = RealQemu.start("-machine", "none");
        QmpClient client = qemu.connect(loop)) {
      for (String arguments : Set.of("{}", "{\"path\": 1}", "{\"path\": \"/\", \"more\": 1}")) {
        assertThat(refusal(client, "qom-list", Json.parse(arguments))).containsPattern(MISSHAPEN);
      }
    }
  }

  private static String refusal(QmpClient client, String command, Json arguments)
      throws InterruptedException {
    try {
      client.raw(command, RawJson.of(arguments), PATIENCE);
      return "";
    } catch (WireException.Refused refused) {
      return refused.description();
    } catch (WireException.Disconnected gone) {
      throw new AssertionError("QEMU does not survive " + command + " " + arguments, gone);
    }
  }
}
