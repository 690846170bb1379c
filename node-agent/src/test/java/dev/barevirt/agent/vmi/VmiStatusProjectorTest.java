package dev.barevirt.agent.vmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.barevirt.api.condition.Conditions;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.status.Condition;
import dev.barevirt.api.v1.status.InterfaceStatus;
import dev.barevirt.api.v1.status.PhaseTransitionTimestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VmiStatusProjectorTest {
  private static OwnedStatus project(Observed seen) {
    return VmiStatusProjector.project(seen, Facts.NOW);
  }

  private static OwnedStatus project(String phase, @Nullable GuestReport report) {
    return project(Facts.seen(Facts.vmi(phase), Facts.pod(), report));
  }

  private static Condition condition(OwnedStatus status, String type) {
    return Conditions.find(status.conditions(), type).orElseThrow();
  }

  /** The instance after a status was applied to it, as the server would merge it. */
  private static VirtualMachineInstance applied(VirtualMachineInstance vmi, OwnedStatus status) {
    Map<String, Object> tree = new LinkedHashMap<>(RecordWriter.plain(vmi));
    Map<String, Object> merged = new LinkedHashMap<>();
    if (tree.get("status") instanceof Map<?, ?> present) {
      present.forEach((key, value) -> merged.put(String.valueOf(key), value));
    }
    merged.putAll(RecordWriter.plain(status));
    tree.put("status", merged);
    return Facts.read(RecordWriter.toJson(tree));
  }

  @ParameterizedTest
  @CsvSource({
    "Scheduled, IDLE, Scheduled",
    "Scheduled, STARTING, Scheduled",
    "Scheduled, RUNNING, Running",
    "Scheduled, PAUSED, Running",
    "Scheduled, FAILED, Failed",
    "Scheduled, SUCCEEDED, Succeeded",
    "Running, RUNNING, Running",
    "Running, STOPPING, Running",
    "Running, SUCCEEDED, Succeeded",
    "Running, FAILED, Failed",
    "Unknown, RUNNING, Running",
    "Succeeded, RUNNING, Succeeded",
    "Failed, SUCCEEDED, Failed"
  })
  void followsTheGuest(String before, GuestPhase guest, String after) {
    assertThat(project(before, Facts.report(guest)).phase()).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({"Scheduled", "Running"})
  void changesNoPhaseWhileNoLauncherIsConnected(String phase) {
    assertThat(project(phase, null).phase()).isEqualTo(phase);
  }

  @ParameterizedTest
  @CsvSource({"SUCCEEDED, Succeeded", "FAILED, Failed"})
  void believesThePodWhenTheLauncherIsGone(PodFacts.State pod, String phase) {
    Observed seen = Facts.seen(Facts.vmi("Running"), Facts.pod(pod, false), null);

    assertThat(project(seen).phase()).isEqualTo(phase);
  }

  @Test
  void failsAnInstanceWhosePodIsGone() {
    OwnedStatus status = project(Facts.seen(Facts.vmi("Running"), null, null));

    assertThat(status.phase()).isEqualTo("Failed");
    assertThat(status.reason()).isEqualTo("PodNotExists");
    assertThat(condition(status, "Ready").reason()).isEqualTo("PodNotExists");
  }

  @Test
  void endsADeletedInstanceThatNeverBegan() {
    VirtualMachineInstance deleted = Facts.vmi("Scheduled", "2026-11-30T11:59:55Z");

    assertThat(project(Facts.seen(deleted, Facts.pod(), Facts.report(GuestPhase.IDLE))).phase())
        .isEqualTo("Succeeded");
  }

  @Test
  void saysEverythingAboutARunningGuestAtOnce() {
    OwnedStatus status = project("Scheduled", Facts.report(GuestPhase.RUNNING));

    assertThat(condition(status, "Ready").status()).isEqualTo("True");
    assertThat(condition(status, "Ready").lastTransitionTime()).isEqualTo(Facts.NOW);
    assertThat(condition(status, "LiveMigratable").status()).isEqualTo("False");
    assertThat(Conditions.find(status.conditions(), "Paused")).isEmpty();
    assertThat(status.phaseTransitionTimestamps())
        .extracting(PhaseTransitionTimestamp::phase)
        .containsExactly("Pending", "Running");
    assertThat(status.machine()).hasToString("Machine[type=pc-q35-10.0]");
    assertThat(status.memory()).isNotNull();
    assertThat(status.currentCPUTopology()).isNotNull();
  }

  @Test
  void writesNothingTheSecondTime() {
    VirtualMachineInstance vmi = Facts.vmi("Scheduled");
    GuestReport report = Facts.report(GuestPhase.RUNNING, null, agent());
    OwnedStatus first = project(Facts.seen(vmi, Facts.pod(), report));
    Observed again = Facts.seen(applied(vmi, first), Facts.pod(), report);

    OwnedStatus second = VmiStatusProjector.project(again, Facts.NOW.plusSeconds(60));

    assertThat(second).isEqualTo(VmiStatusProjector.present(again));
  }

  @Test
  void writesNothingForAnInstanceThatOnlyWaits() {
    Observed seen =
        Facts.seen(Facts.vmi("Scheduled"), Facts.pod(), Facts.report(GuestPhase.STARTING));

    assertThat(project(seen)).isEqualTo(VmiStatusProjector.present(seen));
  }

  @Test
  void writesNothingWhileALauncherDialsAgain() {
    VirtualMachineInstance vmi = Facts.vmi("Scheduled");
    OwnedStatus running =
        project(Facts.seen(vmi, Facts.pod(), Facts.report(GuestPhase.RUNNING, null, null)));
    Observed silent = Facts.seen(applied(vmi, running), Facts.pod(), null);

    assertThat(VmiStatusProjector.project(silent, Facts.NOW.plusSeconds(60)))
        .isEqualTo(VmiStatusProjector.present(silent));
  }

  @Test
  void tellsWhyAGuestStandsStill() {
    OwnedStatus byUser =
        project("Running", Facts.report(GuestPhase.PAUSED, GuestReason.PAUSED_BY_USER, null));
    OwnedStatus byDisk =
        project("Running", Facts.report(GuestPhase.PAUSED, GuestReason.IO_ERROR, null));

    assertThat(condition(byUser, "Paused").reason()).isEqualTo("PausedByUser");
    assertThat(condition(byDisk, "Paused").reason()).isEqualTo("PausedIOError");
    assertThat(condition(byUser, "Ready").status()).isEqualTo("False");
  }

  @Test
  void takesThePausedConditionBack() {
    VirtualMachineInstance vmi = Facts.vmi("Running");
    OwnedStatus paused =
        project(
            Facts.seen(
                vmi,
                Facts.pod(),
                Facts.report(GuestPhase.PAUSED, GuestReason.PAUSED_BY_USER, null)));

    OwnedStatus resumed =
        project(Facts.seen(applied(vmi, paused), Facts.pod(), Facts.report(GuestPhase.RUNNING)));

    assertThat(Conditions.find(resumed.conditions(), "Paused")).isEmpty();
  }

  @Test
  void tellsWhyAGuestFailed() {
    OwnedStatus status =
        project("Running", Facts.report(GuestPhase.FAILED, GuestReason.OUT_OF_MEMORY, null));

    assertThat(status.reason()).isEqualTo("OutOfMemory");
  }

  @Test
  void namesWhatIsNotBuilt() {
    Observed.Refusal refusal = new Observed.Refusal("Unsupported", "spec.x: not built", 1, null);
    OwnedStatus status =
        project(
            new Observed(
                Facts.vmi("Scheduled"), Facts.pod(), Facts.report(GuestPhase.IDLE), refusal));

    assertThat(status.phase()).isEqualTo("Scheduled");
    assertThat(condition(status, "Synchronized"))
        .extracting(Condition::status, Condition::reason, Condition::message)
        .containsExactly("False", "Unsupported", "spec.x: not built");
    assertThat(Conditions.find(status.conditions(), "Ready")).isEmpty();
  }

  @Test
  void tellsWhatTheGuestsAgentSaid() {
    OwnedStatus status = project("Running", Facts.report(GuestPhase.RUNNING, null, agent()));

    assertThat(condition(status, "AgentConnected").status()).isEqualTo("True");
    assertThat(String.valueOf(status.guestOSInfo())).contains("debian");
    assertThat(status.interfaces())
        .extracting(InterfaceStatus::name, InterfaceStatus::infoSource, InterfaceStatus::ipAddress)
        .containsExactly(
            tuple("default", "domain", "10.244.1.34"), tuple(null, "guest-agent", "172.17.0.1"));
  }

  @Test
  void theGuestsAddressIsThePods() {
    OwnedStatus status = project("Running", Facts.report(GuestPhase.RUNNING));

    InterfaceStatus only = status.interfaces().getFirst();
    assertThat(only.ipAddresses()).containsExactly("10.244.1.34");
    assertThat(only.mac()).startsWith("02:");
    assertThat(only.podInterfaceName()).isEqualTo("eth0");
  }

  @Test
  void keepsOutOfWhatTheControllerWrites() {
    Map<String, Object> written =
        RecordWriter.plain(project("Scheduled", Facts.report(GuestPhase.RUNNING)));

    assertThat(written).doesNotContainKeys("nodeName", "activePods", "runtimeUser");
    assertThat(RecordWriter.toJson(written)).doesNotContain("DataVolumesReady");
    assertThat(Tree.of(written)).isInstanceOf(Tree.Struct.class);
  }

  private static AgentReport agent() {
    return new AgentReport(
        true,
        "9.2",
        "sample",
        new AgentReport.Os("debian", "Debian", "13", "13", "6.12", "#1", "x86_64"),
        null,
        List.of(
            new AgentReport.Interface("lo", "00:00:00:00:00:00", List.of("127.0.0.1/8")),
            new AgentReport.Interface("docker0", "02:42:00:00:00:01", List.of("172.17.0.1/16"))),
        List.of(),
        List.of(),
        false,
        false);
  }
}
