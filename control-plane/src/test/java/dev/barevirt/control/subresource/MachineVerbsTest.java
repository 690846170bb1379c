package dev.barevirt.control.subresource;

import static dev.barevirt.control.subresource.ApiWorld.BASE;
import static dev.barevirt.control.subresource.ApiWorld.VM;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineVerbsTest {
  private final ApiWorld world = new ApiWorld();

  @Test
  void messagesAreThoseClientsKnow() {
    assertThat(world.ask("PUT", VM + "start", ""))
        .isEqualTo(
            "404 application/json {\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},"
                + "\"status\":\"Failure\",\"message\":\"virtualmachine.kubevirt.io \\\"m\\\" not"
                + " found\",\"reason\":\"NotFound\",\"details\":{\"name\":\"m\",\"group\":"
                + "\"kubevirt.io\",\"kind\":\"virtualmachine\"},\"code\":404}");
    world.vm("Always", "");
    world.vmi("Running", "");
    assertThat(world.ask("PUT", VM + "start", ""))
        .startsWith("409 ")
        .contains(
            "\"message\":\"Operation cannot be fulfilled on virtualmachine.kubevirt.io \\\"m\\\":"
                + " VM is already running\"");
    assertThat(world.ask("PUT", VM + "start", "{"))
        .startsWith("400 ")
        .contains("Can not unmarshal Request body to struct, error: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Halted | '' | '' | OBJECT test /spec/runStrategy=Halted add /spec/runStrategy=Always",
        "Halted | {\"paused\":true} | '' | STATUS test /status=null add"
            + " /status={stateChangeRequests=[{action=Start, data={paused=true}}]}",
        "Halted | {\"dryRun\":[\"All\"]} | '' | DRY OBJECT test /spec/runStrategy=Halted add"
            + " /spec/runStrategy=Always",
        "Manual | '' | '' | STATUS test /status=null add"
            + " /status={stateChangeRequests=[{action=Start}]}",
        "Manual | '' | Failed | STATUS test /status=null add"
            + " /status={stateChangeRequests=[{action=Stop, uid=u1}, {action=Start}]}",
        "RerunOnFailure | '' | Succeeded | STATUS test /status=null add"
            + " /status={stateChangeRequests=[{action=Stop, uid=u1}, {action=Start}]}",
        "RerunOnFailure | '' | Failed | 409 RerunOnFailure does not support starting VM from"
            + " failed state",
        "Always | '' | '' | 409 Always does not support manual start requests",
        "Once | '' | '' | 409 Once does not support manual start requests"
      })
  void starts(String strategy, String body, String phase, String expected) {
    world.vm(strategy, "");
    if (!phase.isEmpty()) {
      world.vmi(phase, "");
    }
    world.assertDone(world.ask("PUT", VM + "start", body), 202, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Always | '' | Running | OBJECT test /spec/runStrategy=Always add"
            + " /spec/runStrategy=Halted",
        "Always | '' | '' | OBJECT test /spec/runStrategy=Always add /spec/runStrategy=Halted",
        "Manual | '' | '' | 409 VM is not running",
        "Manual | '' | Succeeded | 409 VM is not running",
        "Manual | '' | Running | STATUS test /status=null add"
            + " /status={stateChangeRequests=[{action=Stop, uid=u1}]}",
        "Halted | '' | Running | 409 Halted only supports manual stop requests with a shorter"
            + " graceperiod"
      })
  void stops(String strategy, String body, String phase, String expected) {
    world.vm(strategy, "");
    if (!phase.isEmpty()) {
      world.vmi(phase, "");
    }
    world.assertDone(world.ask("PUT", VM + "stop", body), 202, expected);
  }

  @Test
  void aStopMayShortenTheGracePeriod() {
    world.vm("Always", "");
    world.vmi("Running", "");
    world.ask("PUT", VM + "stop", "{\"gracePeriod\":0}");

    assertThat(world.done)
        .containsExactly(
            "INSTANCE OBJECT test /spec/terminationGracePeriodSeconds=null add"
                + " /spec/terminationGracePeriodSeconds=0",
            "MACHINE OBJECT test /spec/runStrategy=Always add /spec/runStrategy=Halted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Always | '' | Running | STATUS test /status=null add"
            + " /status={stateChangeRequests=[{action=Stop, uid=u1}, {action=Start}]}",
        "Halted | '' | Running | 409 RunStategy Halted does not support manual restart requests",
        "Always | '' | '' | 409 VM is not running: Halted",
        "Always | {\"gracePeriodSeconds\":5} | Running | 400 For force restart, only"
            + " gracePeriod=0 is supported for now",
        "Always | {\"gracePeriodSeconds\":-1} | Running | 400 gracePeriod has to be greater or"
            + " equal to 0"
      })
  void restarts(String strategy, String body, String phase, String expected) {
    world.vm(strategy, "");
    if (!phase.isEmpty()) {
      world.vmi(phase, "");
    }
    world.assertDone(world.ask("PUT", VM + "restart", body), 202, expected);
  }

  @Test
  void aRequestUnderWayIsNotReplaced() {
    world.vm("Manual", "{\"stateChangeRequests\":[{\"action\":\"Start\"}]}");
    assertThat(world.ask("PUT", VM + "start", ""))
        .startsWith("409 ")
        .contains("unable to complete request: stop/start already underway");
  }

  @Test
  void aForcedRestartThatIsRefusedLeavesTheGracePeriod() {
    world.vm("Always", "{\"stateChangeRequests\":[{\"action\":\"Start\"}]}");
    world.vmi("Running", "");
    assertThat(world.ask("PUT", VM + "restart", "{\"gracePeriodSeconds\":0}")).startsWith("409 ");
    assertThat(world.done.getLast())
        .isEqualTo(
            "INSTANCE OBJECT test /spec/terminationGracePeriodSeconds=1 remove"
                + " /spec/terminationGracePeriodSeconds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"paused\": true}", "  {\"paused\":true,\"more\":1}", "paused: true\n"})
  void aBodyIsJsonOrYamlWhateverItIsCalled(String body) {
    world.vm("Manual", "");

    assertThat(world.ask("PUT", VM + "start", body)).isEqualTo("202  ");
    assertThat(world.done).singleElement().asString().contains("{paused=true}");
  }

  @Test
  void aMachineWithoutTypesIsWholeAsItIs() {
    world.vm("Always", "");

    assertThat(world.ask("GET", VM + "expand-spec", ""))
        .isEqualTo(
            "200 application/json {\"apiVersion\":\"kubevirt.io/v1\",\"kind\":\"VirtualMachine\","
                + "\"metadata\":{\"name\":\"m\",\"namespace\":\"ns\"},"
                + "\"spec\":{\"runStrategy\":\"Always\"}}");
    world.vmOf("{\"instancetype\":{\"name\":\"small\"}}");
    assertThat(world.ask("GET", VM + "expand-spec", ""))
        .startsWith("400 ")
        .contains("names an instancetype or a preference is not supported by this version");
  }

  @Test
  void aMachineThatIsNotStoredIsExpandedToo() {
    String given =
        "{\"apiVersion\":\"kubevirt.io/v1\",\"kind\":\"VirtualMachine\","
            + "\"metadata\":{\"name\":\"new\"},\"spec\":{\"runStrategy\":\"Halted\"}}";

    assertThat(world.ask("PUT", BASE + "expand-vm-spec", given))
        .startsWith("200 application/json {")
        .contains("\"name\":\"new\",\"namespace\":\"ns\"", "\"runStrategy\":\"Halted\"");
    assertThat(world.reviewed)
        .singleElement()
        .asString()
        .endsWith(new Access("update", "v1", "ns", "expand-vm-spec", "", "").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | empty request body",
        "{\"spec\":{\"runStrategy\":[]}} | Object is not a valid VirtualMachine",
        "{\"kind\":\"Pod\",\"spec\":{}} | Object is not a valid VirtualMachine",
        "{\"spec\":{\"strategy\":1}} | \"field\":\"spec.strategy\"",
        "{ | Object is not a valid VirtualMachine",
        "{\"metadata\":{\"namespace\":\"other\"},\"spec\":{}} | VM namespace must be empty or ns"
      })
  void whatIsNoMachineIsNotExpanded(String body, String expected) {
    assertThat(world.ask("PUT", BASE + "expand-vm-spec", body))
        .startsWith("400 application/json")
        .contains(expected);
  }
}
