package dev.barevirt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.kube.FailedStart;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that cannot start ends, and says why. */
class NodeAgentMainIT {
  @Test
  @Timeout(FailedStart.PATIENCE)
  void anAgentThatCannotStartEnds() throws IOException, InterruptedException {
    Map<String, String> pod = Map.of("NODE_NAME", "none", "POD_IP", "127.0.0.1");
    assertThat(FailedStart.of(NodeAgentMain.class, pod)).contains("the node agent could not start");
  }
}
