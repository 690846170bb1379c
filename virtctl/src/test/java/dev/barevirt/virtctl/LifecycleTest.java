package dev.barevirt.virtctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleTest {
  private static final String BASE = "/apis/subresources.kubevirt.io/v1/namespaces/ns/";
  private static final String VM = BASE + "virtualmachines/vm/";
  private static final String VMI = BASE + "virtualmachineinstances/vm/";

  private FakeApi api;
  private CommandLine line;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    line = CommandLine.to(api);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start vm|start|VM vm was scheduled to start|{\"paused\":false}",
        "start vm --paused|start|VM vm was scheduled to start|{\"paused\":true}",
        "stop vm|stop|VM vm was scheduled to stop|{}",
        "stop --force --grace-period 3 vm|stop|VM vm was scheduled to stop|{\"gracePeriod\":3}",
        "restart vm|restart|VM vm was scheduled to restart|{}",
        "restart vm --force --grace-period=0|restart|VM vm was scheduled to restart|{\"gracePeriodSeconds\":0}",
      })
  void machinesAreAskedAsKubeVirtsClientsAsk(String words, String verb, String says, String body) {
    api.on("PUT " + VM + verb, 202, "");

    assertThat(line.run(words.split(" ", -1))).isZero();
    assertThat(line.out()).isEqualTo(says + "\n");
    FakeApi.Asked asked = api.asked().getFirst();
    assertThat(asked.body()).isEqualTo(body);
    assertThat(asked.headers()).doesNotContainKey("content-type");
  }

  @ParameterizedTest
  @CsvSource({
    "pause vmi vm,pause,VMI vm was scheduled to pause",
    "unpause vmi vm,unpause,VMI vm was scheduled to unpause",
    "soft-reboot vm,softreboot,VMI vm was scheduled to soft reboot",
    "reset vm,reset,VMI vm was scheduled to reset",
  })
  void instancesAreAskedToo(String words, String verb, String says) {
    api.on("PUT " + VMI + verb, 200, "");

    assertThat(line.run(words.split(" ", -1))).isZero();
    assertThat(line.out()).isEqualTo(says + "\n");
  }

  @Test
  void pausingAMachineLooksForItFirst() {
    api.on("PUT " + VMI + "pause", 200, "");

    assertThat(line.run("pause", "vm", "vm")).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            "error getting VirtualMachine vm: the server could not find the requested resource\n");
  }

  @Test
  void aDryRunSaysSoToBothSides() {
    api.on("PUT " + VM + "start", 202, "");

    line.run("start", "vm", "--dry-run");

    assertThat(line.out()).startsWith("Dry Run execution\n");
    assertThat(api.asked().getFirst().body()).contains("\"dryRun\":[\"All\"]");
  }

  @Test
  void theServersOwnMessageIsPrinted() {
    api.on(
        "PUT " + VM + "start",
        409,
        """
        {"kind":"Status","status":"Failure","message":"Operation cannot be fulfilled on \
        virtualmachine.kubevirt.io \\"vm\\": VM is already running","code":409}""");

    assertThat(line.run("start", "vm")).isEqualTo(1);
    assertThat(line.out()).isEmpty();
    assertThat(line.err())
        .isEqualTo(
            "error starting VirtualMachine: Operation cannot be fulfilled on"
                + " virtualmachine.kubevirt.io \"vm\": VM is already running\n");
  }

  @Test
  void aFailureNamesAServerOfAnotherVersion() {
    api.on("GET /apis/subresources.kubevirt.io/v1/version", 200, "{\"gitVersion\":\"v0.59.0\"}");

    line.run("start", "vm");

    assertThat(line.err()).contains("the server of version v0.59.0");
  }

  @Test
  void aGracePeriodNeedsForceAndForceAGracePeriod() {
    assertThat(line.run("stop", "vm", "--grace-period=3")).isEqualTo(1);
    assertThat(line.run("stop", "vm", "--force")).isEqualTo(1);
    assertThat(line.err())
        .isEqualTo(
            """
            Can not set gracePeriod without --force=true
            Must both use --force=true and set --grace-period.
            """);
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void nobodyListeningIsSaidInOneSentence() {
    api.close();

    assertThat(line.run("start", "vm")).isEqualTo(1);
    assertThat(line.err().lines()).hasSize(1);
    assertThat(line.err()).contains("cannot talk to the server " + api.address(), "refused");
  }
}
