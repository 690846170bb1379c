package dev.barevirt.api.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.schema.SchemaWalker;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.status.Condition;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  @Test
  void keepsOrderStrangersAndTheTimeOfWhatDidNotChange() {
    List<Condition> old =
        List.of(
            condition("A", "True", THEN), condition("B", "False", THEN), condition("C", "", null));

    List<Condition> merged =
        Conditions.merge(
            old,
            List.of(
                condition("D", "True", null),
                condition("B", "True", null),
                condition("A", "True", null).withReason("Why")),
            NOW);

    assertThat(merged)
        .containsExactly(
            condition("A", "True", THEN).withReason("Why"),
            condition("B", "True", NOW),
            condition("C", "", null),
            condition("D", "True", NOW));
    assertThat(Conditions.merge(merged, merged, NOW.plusSeconds(9))).isEqualTo(merged);
    assertThat(Conditions.isTrue(merged, "B")).isTrue();
    assertThat(Conditions.isTrue(merged, "X")).isFalse();
    assertThat(Conditions.without(merged, "B"))
        .extracting(Condition::type)
        .containsExactly("A", "C", "D");
  }

  @Test
  void everyPhaseButTheUnsetIsOnTheWire() {
    assertThat(Arrays.stream(VmiPhase.values()).map(VmiPhase::wireName).filter(w -> !w.isEmpty()))
        .containsExactlyElementsOf(
            SchemaWalker.find(VirtualMachineInstance.class, "status.phase")
                .orElseThrow()
                .allowed());
    assertThat(VmiPhase.of(null)).contains(VmiPhase.UNSET);
    assertThat(VmiPhase.of("running")).isEmpty();
  }

  @Test
  void finalPhasesAreTheOnesThatNothingFollows() {
    for (VmiPhase from : VmiPhase.values()) {
      assertThat(from.next().isEmpty()).as(from.name()).isEqualTo(from.isFinal());
      assertThat(from.mayBecome(from)).isTrue();
      assertThat(from.isFinal() || from.mayBecome(VmiPhase.FAILED)).as(from.name()).isTrue();
      assertThat(from.mayBecome(VmiPhase.UNSET)).isEqualTo(from == VmiPhase.UNSET);
    }
    Set<VmiPhase> reached = EnumSet.of(VmiPhase.UNSET);
    for (int i = 0; i < VmiPhase.values().length; i++) {
      Set.copyOf(reached).forEach(phase -> reached.addAll(phase.next()));
    }
    assertThat(reached).containsExactlyInAnyOrder(VmiPhase.values());
  }

  @Test
  void theFirstTrueStatusIsShown() {
    assertThat(PrintableStatus.first(Set.of(PrintableStatus.STOPPED, PrintableStatus.PAUSED)))
        .isEqualTo(PrintableStatus.PAUSED);
    assertThat(PrintableStatus.first(Set.of())).isEqualTo(PrintableStatus.UNKNOWN);
    assertThat(PrintableStatus.of("CrashLoopBackOff"))
        .contains(PrintableStatus.CRASH_LOOP_BACK_OFF);
  }

  private static Condition condition(String type, String status, @Nullable Instant since) {
    return new Condition(type, status, null, since, null, null);
  }
}
