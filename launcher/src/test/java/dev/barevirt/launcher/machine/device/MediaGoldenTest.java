package dev.barevirt.launcher.machine.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.rules.Violation;
import dev.barevirt.launcher.machine.CommandLineRenderer;
import dev.barevirt.launcher.machine.MachineOutcome;
import dev.barevirt.launcher.machine.MachinePlan;
import dev.barevirt.launcher.machine.Sidecar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example of disks, interfaces and shared directories becomes the command line beside it, or
 * is refused in the words beside it. {@code -Dgolden.update=true} writes those files anew.
 */
class MediaGoldenTest {
  static Stream<MediaCase> all() {
    return MediaCase.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void becomesWhatStandsBesideIt(MediaCase example) throws IOException {
    List<String> lines =
        switch (example.build("/d")) {
          case MachineOutcome.Built(MachinePlan plan) -> shown(plan);
          case MachineOutcome.Refused(List<Violation> violations) ->
              violations.stream().map(v -> "refused: " + v.path() + ": " + v.message()).toList();
        };
    Path golden = MediaCase.DIRECTORY.resolve(example.name() + ".argv");
    if (Boolean.getBoolean("golden.update")) {
      Files.write(golden, lines);
    }
    assertThat(lines).isEqualTo(Files.readAllLines(golden));
  }

  @Test
  void thereAreExamples() {
    assertThat(MediaCase.all()).hasSizeGreaterThan(15);
  }

  private static List<String> shown(MachinePlan plan) {
    var lines = new ArrayList<String>();
    for (Sidecar sidecar : plan.sidecars()) {
      lines.add(sidecar.program() + " " + String.join(" ", sidecar.args()));
    }
    List<String> argv = CommandLineRenderer.pasted(plan);
    for (int i = 1; i + 1 < argv.size(); i += 2) {
      if (!argv.get(i + 1).contains("pcie-root-port")) {
        lines.add(argv.get(i) + " " + argv.get(i + 1));
      }
    }
    return lines;
  }
}
