package dev.barevirt.control.subresource;

import static dev.barevirt.control.subresource.ApiWorld.VM;
import static dev.barevirt.control.subresource.ApiWorld.VMI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.control.http.Answer;
import dev.barevirt.control.http.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceVerbsTest {
  private final ApiWorld world = new ApiWorld();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pause | Running | '' | PUT pause",
        "pause | Scheduled | '' | 409 VM is not running",
        "pause | Running | Paused | 409 VMI is already paused",
        "unpause | Running | Paused | PUT unpause",
        "unpause | Running | '' | 409 VMI is not paused",
        "unpause | Failed | '' | 409 VMI is not running",
        "freeze | Running | '' | PUT freeze?thawAfterSeconds=300",
        "unfreeze | Running | '' | PUT unfreeze",
        "freeze | Pending | '' | 409 VM is not running",
        "reset | Running | '' | PUT reset",
        "reset | Failed | '' | 409 Failed to reset non-running VMI with phase Failed",
        "softreboot | Running | AgentConnected | PUT softreboot",
        "softreboot | Running | '' | 409 VMI neither have the agent connected nor the ACPI"
            + " feature enabled",
        "softreboot | Running | Paused | 409 VMI is paused"
      })
  void anAgentChangesAnInstanceThatIsFitForIt(
      String verb, String phase, String condition, String expected) {
    world.vmi(phase, condition);
    world.assertDone(world.ask("PUT", VMI + verb, ""), 200, expected);
  }

  @Test
  void aDryRunReachesNoAgent() {
    world.vmi("Running", "");
    assertThat(world.ask("PUT", VMI + "pause", "{\"dryRun\":[\"All\"]}")).startsWith("200 ");
    assertThat(world.done).isEmpty();
  }

  @Test
  void anAgentsRefusalIsTheAnswer() {
    world.vmi("Running", "AgentConnected");
    world.agentSays = Answer.json(409, "{\"message\":\"frozen\"}");
    assertThat(world.ask("PUT", VMI + "freeze", ""))
        .isEqualTo("409 application/json {\"message\":\"frozen\"}");
  }

  @Test
  void factsOfAGuestNeedItsAgent() {
    world.vmi("Running", "");
    assertThat(world.ask("GET", VMI + "userlist", ""))
        .startsWith("409 ")
        .contains("VMI does not have guest agent connected");
    world.vmi("Running", "AgentConnected");
    world.agentSays = Answer.json(200, "{\"items\":[]}");
    assertThat(world.ask("GET", VMI + "userlist", ""))
        .isEqualTo("200 application/json {\"items\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | PUT freeze?thawAfterSeconds=300",
        "{\"unfreezeTimeout\":\"1m30s\"} | PUT freeze?thawAfterSeconds=90",
        "{\"unfreezeTimeout\":\"1ms\"} | PUT freeze?thawAfterSeconds=1",
        "{\"unfreezeTimeout\":\"0s\"} | PUT freeze",
        "{\"unfreezeTimeout\":\"soon\"} | 400 unfreezeTimeout: soon is not a duration such as 5m0s"
      })
  void aFrozenGuestIsThawedAfterAWhile(String body, String expected) {
    world.vmi("Running", "");
    world.assertDone(world.ask("PUT", VMI + "freeze", body), 200, expected);
  }

  @Test
  void aScreenshotComesFromTheAgent() {
    world.vmi("Running", "");
    world.agentSays = new Answer.Whole(200, "image/png", Payload.of("a picture"));

    assertThat(world.ask("GET", VMI + "vnc/screenshot", "")).isEqualTo("200 image/png a picture");
    assertThat(world.ask("GET", VMI + "vnc/screenshot?moveCursor=true&a=b", "")).startsWith("200");
    assertThat(world.done).containsExactly("GET screenshot", "GET screenshot?moveCursor=true");
  }

  @Test
  void aScreenshotNeedsAScreenAndAGuest() {
    world.vmi("Running", "", "{\"autoattachGraphicsDevice\":false}", "10.0.0.9");
    assertThat(world.ask("GET", VMI + "vnc/screenshot", ""))
        .startsWith("400 ")
        .contains("No graphics devices are present.");
    world.vmi("Scheduled", "");
    assertThat(world.ask("GET", VMI + "vnc/screenshot", ""))
        .startsWith("400 ")
        .contains("VMI is not running");
  }

  @ParameterizedTest
  @ValueSource(strings = {VM, VMI})
  void anEvacuationIsTakenBack(String of) {
    world.vm("Always", "");
    world.leaving("n1");

    assertThat(world.ask("PUT", of + "evacuate/cancel", "{\"evacuationNodeName\":\"n1\"}"))
        .isEqualTo("200  ");
    assertThat(world.done)
        .containsExactly(
            "INSTANCE OBJECT test /status/evacuationNodeName=n1 remove"
                + " /status/evacuationNodeName");
  }

  @Test
  void anEvacuationThatIsNotTakenBackStays() {
    String cancel = VMI + "evacuate/cancel";
    world.leaving("n1");
    assertThat(world.ask("PUT", cancel, "")).startsWith("400 ").contains("No body");
    assertThat(world.ask("PUT", cancel, "{}"))
        .startsWith("400 ")
        .contains("evacuationNodeName must not be empty");
    assertThat(world.ask("PUT", cancel, "{\"evacuationNodeName\":\"n2\"}")).startsWith("409 ");
    world.drained = "n1";
    assertThat(world.ask("PUT", cancel, "{\"evacuationNodeName\":\"n1\"}"))
        .startsWith("400 ")
        .contains("drain taint");
    assertThat(world.done).isEmpty();
  }

  @Test
  void whatDoesNotLeaveIsNotWrittenTo() {
    world.vmi("Running", "");

    assertThat(world.ask("PUT", VMI + "evacuate/cancel", "{\"evacuationNodeName\":\"n1\"}"))
        .startsWith("200 ");
    assertThat(world.done).isEmpty();
  }
}
