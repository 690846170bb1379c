package dev.barevirt.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.device.Interface;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodNetworkTest {
  static VirtualMachineInstance vmi(String spec) {
    String json =
        "{\"metadata\":{\"name\":\"sample\",\"namespace\":\"shop\",\"uid\":\"u\"},\"spec\":"
            + spec
            + "}";
    return switch (RecordReader.LENIENT.read(VirtualMachineInstance.class, json)) {
      case Reading.Accepted<VirtualMachineInstance>(VirtualMachineInstance vmi) -> vmi;
      case Reading.Refused<VirtualMachineInstance>(var violations) ->
          throw new AssertionError(violations);
    };
  }

  static Interface translated(String more) {
    return vmi("{\"domain\":{\"devices\":{\"interfaces\":[{\"name\":\"a\",\"masquerade\":{}"
            + more
            + "}]}}}")
        .spec()
        .domain()
        .devices()
        .interfaces()
        .getFirst();
  }

  @Test
  void firstTwoAddressesAreThePodsAndTheGuests() {
    Subnet subnet = Subnet.parse("10.0.2.0/24");

    assertThat(subnet.gateway()).isEqualTo("10.0.2.1");
    assertThat(subnet.guest()).isEqualTo("10.0.2.2");
    assertThat(Subnet.parse("192.168.255.17/29").guest()).isEqualTo("192.168.255.18");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.2.0", "10.0.2.0/31", "10.0.2.0/0", "10.0.256.0/24", "a/24"})
  void refusesNetworksWithoutRoomForAGuest(String written) {
    assertThatThrownBy(() -> Subnet.parse(written))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("vmNetworkCIDR");
  }

  @Test
  void everythingGoesToAGuestThatNamesNoPorts() {
    assertThat(MasqueradeTemplate.rules("eth0", Subnet.parse("10.0.2.0/24"), translated("")))
        .contains("iifname \"eth0\" dnat to 10.0.2.2")
        .contains("oifname \"eth0\" ip saddr 10.0.2.2 masquerade");
  }

  @Test
  void onlyNamedPortsGoToAGuest() {
    Interface asked =
        translated(
            ",\"ports\":[{\"port\":80},{\"port\":53,\"protocol\":\"UDP\"},{\"port\":443}],"
                + "\"portRanges\":[{\"protocol\":\"TCP\",\"start\":8000,\"end\":8010}]");

    assertThat(MasqueradeTemplate.rules("eth0", Subnet.parse("10.0.2.0/24"), asked))
        .contains("tcp dport { 80, 443, 8000-8010 } dnat to 10.0.2.2")
        .contains("udp dport { 53 } dnat to 10.0.2.2");
  }

  @Test
  void aGuestIsToldWhatItsNamespaceIsTold() {
    GuestDns agent =
        GuestDns.parse(
            List.of(
                "search kubevirt.svc.cluster.local svc.cluster.local cluster.local",
                "nameserver 10.96.0.10",
                "options ndots:5"));

    assertThat(agent.forGuest("shop", vmi("{}").spec()))
        .isEqualTo(
            new GuestDns(
                List.of("10.96.0.10"),
                List.of("shop.svc.cluster.local", "svc.cluster.local", "cluster.local")));
    assertThat(
            agent.forGuest(
                "shop",
                vmi("{\"dnsPolicy\":\"None\",\"dnsConfig\":{\"nameservers\":[\"1.1.1.1\"]}}")
                    .spec()))
        .isEqualTo(new GuestDns(List.of("1.1.1.1"), List.of()));
  }

  @Test
  void hardwareAddressesAreTheManifestsOrAlwaysTheSame() {
    VirtualMachineInstance vmi = vmi("{}");

    assertThat(GuestMac.of(vmi, translated(",\"macAddress\":\"02-00-00-AA-BB-01\"")))
        .isEqualTo("02:00:00:aa:bb:01");
    assertThat(GuestMac.of(vmi, translated("")))
        .isEqualTo(GuestMac.of(vmi, translated("")))
        .matches("02(:[0-9a-f]{2}){5}");
  }
}
