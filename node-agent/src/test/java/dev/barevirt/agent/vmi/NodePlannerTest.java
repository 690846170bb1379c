package dev.barevirt.agent.vmi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestPhase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodePlannerTest {
  private static final NodeAction NOTHING = new NodeAction.Nothing();

  private static NodeAction plan(Observed seen) {
    return NodePlanner.plan(seen, Facts.NOW);
  }

  @Test
  void startsTheGuestOfAScheduledInstanceOnceItsLauncherWaits() {
    Observed seen = Facts.seen(Facts.vmi("Scheduled"), Facts.pod(), Facts.report(GuestPhase.IDLE));

    assertThat(plan(seen)).isEqualTo(new NodeAction.Start(Facts.pod()));
  }

  @Test
  void waitsForTheLauncher() {
    assertThat(plan(Facts.seen(Facts.vmi("Scheduled"), Facts.pod(), null))).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Pending", "Scheduling"})
  void leavesInstancesAloneThatAreTheControllers(String phase) {
    Observed seen = Facts.seen(Facts.vmi(phase), Facts.pod(), Facts.report(GuestPhase.IDLE));

    assertThat(plan(seen)).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @EnumSource(
      value = GuestPhase.class,
      names = {"STARTING", "RUNNING", "PAUSED", "STOPPING", "SUCCEEDED", "FAILED"})
  void doesNothingTwice(GuestPhase guest) {
    assertThat(plan(Facts.seen(Facts.vmi("Scheduled"), Facts.pod(), Facts.report(guest))))
        .isEqualTo(NOTHING);
    assertThat(plan(Facts.seen(Facts.vmi("Running"), Facts.pod(), Facts.report(guest))))
        .isEqualTo(NOTHING);
  }

  @Test
  void startsNothingInAPodThatGoes() {
    PodFacts going = Facts.pod(PodFacts.State.RUNNING, true);
    Observed seen = Facts.seen(Facts.vmi("Scheduled"), going, Facts.report(GuestPhase.IDLE));

    assertThat(plan(seen)).isEqualTo(NOTHING);
  }

  @Test
  void doesNotAskAgainForWhatIsNotBuilt() {
    assertThat(plan(refused(new Observed.Refusal("Unsupported", "no", 1, null))))
        .isEqualTo(NOTHING);
  }

  @Test
  void triesAgainWhenItIsTime() {
    Instant later = Facts.NOW.plusSeconds(4);

    assertThat(plan(refused(new Observed.Refusal("SyncFailed", "no", 1, later))))
        .isEqualTo(new NodeAction.Wait(Duration.ofSeconds(4)));
    assertThat(plan(refused(new Observed.Refusal("SyncFailed", "no", 1, Facts.NOW))))
        .isEqualTo(new NodeAction.Start(Facts.pod()));
  }

  private static Observed refused(Observed.Refusal refusal) {
    return new Observed(
        Facts.vmi("Scheduled"), Facts.pod(), Facts.report(GuestPhase.IDLE), refusal);
  }

  @Test
  void asksTheGuestOfADeletedInstanceToShutDown() {
    assertThat(plan(deleted("2026-11-30T11:59:55Z", GuestPhase.RUNNING)))
        .isEqualTo(new NodeAction.Shutdown(20, Duration.ofSeconds(15)));
  }

  @Test
  void waitsWhileTheGuestShutsDown() {
    assertThat(plan(deleted("2026-11-30T11:59:55Z", GuestPhase.STOPPING)))
        .isEqualTo(new NodeAction.Wait(Duration.ofSeconds(15)));
  }

  @Test
  void endsAGuestThatDoesNotShutDownInTime() {
    assertThat(plan(deleted("2026-11-30T11:59:38Z", GuestPhase.STOPPING)))
        .isEqualTo(new NodeAction.Kill(false, Duration.ofSeconds(8)));
    assertThat(plan(deleted("2026-11-30T11:59:20Z", GuestPhase.STOPPING)))
        .isEqualTo(new NodeAction.Kill(true, Duration.ofSeconds(10)));
  }

  private static Observed deleted(String at, GuestPhase guest) {
    return Facts.seen(Facts.vmi("Running", at), Facts.pod(), Facts.report(guest));
  }

  @Test
  void endsAGuestWhoseInstanceHasEnded() {
    Observed seen = Facts.seen(Facts.vmi("Failed"), Facts.pod(), Facts.report(GuestPhase.RUNNING));

    assertThat(plan(seen)).isEqualTo(new NodeAction.Kill(true, Duration.ofSeconds(10)));
  }

  @Test
  void startsNothingForADeletedInstance() {
    Observed seen =
        Facts.seen(
            Facts.vmi("Scheduled", "2026-11-30T11:59:55Z"),
            Facts.pod(),
            Facts.report(GuestPhase.IDLE));

    assertThat(plan(seen)).isEqualTo(NOTHING);
  }
}
