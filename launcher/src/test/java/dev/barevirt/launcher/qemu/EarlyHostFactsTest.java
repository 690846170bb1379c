package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.launcher.machine.Hosts;
import dev.barevirt.qmp.Until;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a host is asked. */
final class EarlyHostFactsTest {
  private static final HostProbe.Findings FOUND =
      new HostProbe.Findings(Hosts.bare(), new KvmProbe.Verdict.Usable());

  private final List<String> asked = new CopyOnWriteArrayList<>();

  @Test
  void theUsualQemuIsAskedBeforeAnybodyNeedsIt() throws Exception {
    EarlyHostFacts facts = EarlyHostFacts.of(this::answer);

    Until.holds("it was asked", () -> asked.equals(List.of("null")));
    assertThat(facts.facts(null)).isSameAs(FOUND);
    assertThat(asked).as("the answer was there").hasSize(1);
    facts.facts(null);
    assertThat(asked).as("a later one asks anew").hasSize(2);
  }

  @Test
  void anotherQemuIsAskedItself() throws Exception {
    EarlyHostFacts facts = EarlyHostFacts.of(this::answer);

    facts.facts("/opt/qemu");

    assertThat(asked).contains("/opt/qemu");
  }

  @Test
  void whatFailedEarlyFailsInItsOwnWords() {
    EarlyHostFacts facts =
        EarlyHostFacts.of(
            _ -> {
              throw new HostException(HostException.Reason.NO_QEMU, "there is no QEMU");
            });

    assertThatThrownBy(() -> facts.facts(null))
        .isInstanceOf(HostException.class)
        .hasMessage("there is no QEMU");
  }

  private HostProbe.Findings answer(@Nullable String binary) {
    asked.add(String.valueOf(binary));
    return FOUND;
  }
}
