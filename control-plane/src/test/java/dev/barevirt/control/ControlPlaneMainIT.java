package dev.barevirt.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.kube.FailedStart;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that cannot start ends, and says why. */
class ControlPlaneMainIT {
  @ParameterizedTest
  @Timeout(FailedStart.PATIENCE)
  @ValueSource(strings = {"api", "controller"})
  void aRoleThatCannotStartEnds(String role) throws IOException, InterruptedException {
    assertThat(FailedStart.of(ControlPlaneMain.class, Map.of(), role))
        .contains("the control plane could not start");
  }
}
