package dev.barevirt.launcher.machine.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.machine.Hosts;
import dev.barevirt.launcher.machine.Vmis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which program carries a user-mode network on a host that has both, the passt an old one. */
final class UserNetworkTest {
  private static final String PASST = "/usr/bin/passt";

  @Test
  void anOldPasstServesANetworkWithoutForwardedPorts() {
    assertThat(lines("plain", "masquerade: {}"))
        .anyMatch(line -> line.startsWith(PASST))
        .noneMatch(line -> line.contains("\"type\":\"user\""));
  }

  @Test
  void anOldPasstForwardsNoPortsBecauseItDoesNotEndTheirHandshake() {
    assertThat(lines("forward", "masquerade: {}"))
        .anyMatch(line -> line.contains("\"type\":\"user\"") && line.contains("2222-:22"))
        .noneMatch(line -> line.startsWith(PASST));
  }

  @Test
  void whoAsksForPasstGetsIt() {
    assertThat(lines("forward", "passtBinding: {}"))
        .anyMatch(line -> line.startsWith(PASST) && line.contains("127.0.0.1/2222:22"));
  }

  private static List<String> lines(String network, String binding) {
    VirtualMachineInstance vmi =
        Vmis.spec(
            """
            domain: {devices: {interfaces: [{name: %1$s, %2$s}]}}
            networks: [{name: %1$s, pod: {}}]
            """
                .formatted(network, binding));
    var example = new MediaCase(network, vmi, false, false);
    return Mapped.by(new InterfaceMapper(), example.input("/d", Hosts.emulating()));
  }
}
