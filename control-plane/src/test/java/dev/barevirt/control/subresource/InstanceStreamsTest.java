package dev.barevirt.control.subresource;

import static dev.barevirt.control.subresource.ApiWorld.VM;
import static dev.barevirt.control.subresource.ApiWorld.VMI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.control.http.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceStreamsTest {
  private final ApiWorld world = new ApiWorld();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "console | Running | '' | {} | stream console",
        "console | Scheduling | '' | {} | 400 VMI is not running",
        "console | Failed | '' | {} | 409 VMI is in failed status",
        "console | Running | '' | {\"autoattachSerialConsole\":false} | 400 No serial consoles are"
            + " present.",
        "vnc | Running | '' | {\"autoattachGraphicsDevice\":false} | 400 No graphics devices are"
            + " present.",
        "vnc | Pending | '' | {} | 400 VMI is not running",
        "vnc | Running | '' | {} | stream vnc",
        "vnc?preserveSession=true | Running | '' | {} | stream vnc?preserveSession=true",
        "vnc?preserveSession=false&x=1 | Running | '' | {} | stream vnc",
        "usbredir | Running | '' | {\"clientPassthrough\":{}} | stream usbredir",
        "usbredir | Pending | '' | {\"clientPassthrough\":{}} | 400 VMI is not running",
        "usbredir | Running | '' | {} | 409 Not configured with USB Redirection",
        "vsock?port=22 | Running | '' | {} | 400 VSOCK is not attached.",
        "vsock?port=22 | Running | '' | {\"autoattachVSOCK\":true} | 400 vsock is not supported"
            + " by this version",
        "portforward/22 | Running | '' | {} | tcp 10.0.0.9 22",
        "portforward/53/udp | Running | '' | {} | udp 10.0.0.9 53",
        "portforward/22 | Running | Paused | {} | 409 VMI is paused",
        "portforward | Running | '' | {} | 400 port must not be empty",
        "portforward/0 | Running | '' | {} | 400 the port is a number from 1 to 65535",
        "portforward/22/sctp | Running | '' | {} | 400 the protocol is tcp or udp"
      })
  void streams(String verb, String phase, String condition, String devices, String expected) {
    world.vmi(phase, condition, devices, "10.0.0.9");
    world.agentSays = Answer.empty(200);
    String answer = world.stream(VMI + verb);
    if (Character.isDigit(expected.charAt(0))) {
      world.assertDone(answer, 101, expected);
    } else {
      assertThat(world.done).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "name"})
  void anAddressThatLeadsElsewhereIsNotDialled(String address) {
    world.vmi("Running", "", "{}", address);
    assertThat(world.stream(VMI + "portforward/80")).startsWith("400 ");
    assertThat(world.done).isEmpty();
  }

  @Test
  void aMachinesPortsAreThoseOfItsInstance() {
    world.vm("Always", "");
    assertThat(world.stream(VM + "portforward/80"))
        .contains("virtualmachine.kubevirt.io \\\"m\\\": VMI is not started");
  }

  @Test
  void aStreamWithoutAWebsocketIsRefused() {
    world.vmi("Running", "");
    assertThat(world.ask("GET", VMI + "console", "")).startsWith("400 ");
    assertThat(world.ask("PUT", VMI + "console", "")).startsWith("405 ");
  }
}
