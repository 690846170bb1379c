package dev.barevirt.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentPathTest {
  @Test
  void readsWhatIsWanted() {
    assertThat(AgentPath.parse("/v1/namespaces/default/virtualmachineinstances/vm-1/console"))
        .contains(new AgentPath("default", "vm-1", "console"));
    assertThat(new AgentPath("default", "vm-1", "console").verb()).contains(AgentPath.Verb.CONSOLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fly", "CONSOLE", "console%20"})
  void aWordItDoesNotKnowHasNoMeaning(String word) {
    assertThat(AgentPath.parse("/v1/namespaces/default/virtualmachineinstances/vm/" + word))
        .hasValueSatisfying(path -> assertThat(path.verb()).isEmpty());
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
        "/v1/namespaces/default/virtualmachines/vm/console"
      })
  void everythingElseIsNothing(String path) {
    assertThat(AgentPath.parse(path)).isEmpty();
  }
}
