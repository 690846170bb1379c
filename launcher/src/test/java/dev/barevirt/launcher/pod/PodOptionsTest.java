package dev.barevirt.launcher.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodOptionsTest {
  @Test
  void withoutArgumentsAllIsWhereThePodHasIt() {
    PodOptions options = PodOptions.parse(List.of()).orElseThrow();

    assertThat(options.agent()).isEqualTo(Path.of("/var/run/barevirt-agent/agent.sock"));
    assertThat(options.state()).isEqualTo(Path.of("/var/run/kubevirt-private/state"));
    assertThat(options.runtime()).isEqualTo(Path.of("/var/run/kubevirt-private/run"));
    assertThat(options.cache()).isEqualTo(Path.of("/var/run/kubevirt-private/state/cache"));
  }

  @Test
  void takesOtherPlaces() {
    PodOptions options =
        PodOptions.parse(
                List.of("--agent", "/a", "--state", "/s", "--runtime", "/r", "--cache", "/c"))
            .orElseThrow();

    assertThat(options)
        .isEqualTo(new PodOptions(Path.of("/a"), Path.of("/s"), Path.of("/r"), Path.of("/c")));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(PodOptions.parse(List.of("--agent"))).isEmpty();
    assertThat(PodOptions.parse(List.of("--listen-fd", "3"))).isEmpty();
  }
}
