package dev.barevirt.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentPathTest {
  @Test
  void readsWhatIsWanted() {
    assertThat(AgentPath.parse("/v1/namespaces/default/virtualmachineinstances/vm-1/console"))
        .contains(new AgentPath("default", "vm-1", AgentPath.Verb.CONSOLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/v1/namespaces/default/virtualmachineinstances/vm",
        "/v1/namespaces/default/virtualmachineinstances/vm/console/",
        "/v1/namespaces/default/virtualmachineinstances/../console",
        "/v1/namespaces/default/virtualmachineinstances/a%2fb/console",
        "/v1/namespaces//virtualmachineinstances/vm/console",
        "/v1/namespaces/default/virtualmachines/vm/console",
        "/v1/namespaces/default/virtualmachineinstances/vm/fly",
        "/v1/namespaces/default/virtualmachineinstances/vm/CONSOLE"
      })
  void everythingElseIsNothing(String path) {
    assertThat(AgentPath.parse(path)).isEmpty();
  }
}
