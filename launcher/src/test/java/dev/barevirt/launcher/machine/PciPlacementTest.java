package dev.barevirt.launcher.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.Placement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PciPlacementTest {
  private static final Topology Q35 = new Q35Topology(8, 3);

  @Test
  void putsEachDeviceBehindItsOwnPort() {
    Placing placing = PciPlacement.place(Q35, List.of(device("a"), device("b")), List.of());

    assertThat(placing.addresses())
        .extracting(g -> g.deviceId() + "@" + g.address().bus())
        .containsExactly("a@rp1", "b@rp2");
    assertThat(placing.spare()).hasSize(6);
    assertThat(placing.violations()).isEmpty();
  }

  @Test
  void portsAreFunctionsOfSlotsEightEach() {
    List<Frontend> nine = IntStream.range(0, 9).mapToObj(i -> device("d" + i)).toList();

    Placing placing = PciPlacement.place(Q35, nine, List.of());

    assertThat(rendered(placing, "rp1"))
        .isEqualTo(
            "{\"driver\":\"pcie-root-port\",\"id\":\"rp1\",\"bus\":\"pcie.0\",\"addr\":\"0x2\","
                + "\"port\":1,\"chassis\":1,\"multifunction\":true,\"hotplug\":false}");
    assertThat(rendered(placing, "rp8")).contains("\"addr\":\"0x2.0x7\"");
    assertThat(rendered(placing, "rp9")).contains("\"addr\":\"0x3\"", "\"multifunction\":true");
    assertThat(placing.spare()).hasSize(3);
    assertThat(rendered(placing, "rp10")).doesNotContain("hotplug");
  }

  @Test
  void aDetachableDeviceKeepsItsPortPluggable() {
    Frontend nic = new Frontend("n", "nic", Slot.Pci.DETACHABLE, Properties.none());

    assertThat(rendered(PciPlacement.place(Q35, List.of(nic), List.of()), "rp1"))
        .doesNotContain("hotplug");
  }

  @Test
  void storedAddressesAreKeptWhateverComesBeforeThem() {
    Placing placing =
        PciPlacement.place(
            Q35, List.of(device("new"), device("old")), List.of(new Placement("old", "rp1", 0, 0)));

    assertThat(placing.addresses())
        .extracting(g -> g.deviceId() + "@" + g.address().bus())
        .containsExactlyInAnyOrder("old@rp1", "new@rp2");
  }

  @Test
  void aStoredAddressIsKeptForADeviceThatIsGoneForNow() {
    Placing placing =
        PciPlacement.place(
            Q35, List.of(device("new")), List.of(new Placement("away", "rp1", 0, 0)));

    assertThat(placing.addresses().getFirst().address().bus()).isEqualTo("rp2");
  }

  @Test
  void anImpossibleStoredAddressIsRefused() {
    Placing placing =
        PciPlacement.place(Q35, List.of(device("a")), List.of(new Placement("a", "pci.0", 3, 0)));

    assertThat(placing.violations()).hasSize(1);
    assertThat(placing.violations().getFirst().message()).contains("a", "pci.0");
  }

  @Test
  void explicitAddressesComeFirst() {
    Placing placing =
        PciPlacement.place(Q35, List.of(device("a"), at("b", "0000:01:00.0")), List.of());

    assertThat(placing.addresses())
        .extracting(g -> g.deviceId() + "@" + g.address().bus())
        .containsExactlyInAnyOrder("b@rp1", "a@rp2");
  }

  @Test
  void anExplicitAddressOnTheRootBus() {
    Placing placing = PciPlacement.place(Q35, List.of(at("b", "0000:00:0a.0")), List.of());

    assertThat(placing.addresses().getFirst().address()).isEqualTo(new PciAddress("pcie.0", 10, 0));
  }

  @Test
  void impossibleAndTakenAddressesAreRefused() {
    for (String bad :
        List.of(
            "0001:00:0a.0",
            "0000:00:00.0",
            "0000:00:1f.0",
            "0000:00:02.0",
            "0000:39:00.0",
            "0000:01:01.0",
            "nonsense",
            "0000:00:0a.1")) {
      assertThat(PciPlacement.place(Q35, List.of(at("a", bad)), List.of()).violations())
          .as(bad)
          .hasSize(1);
    }
    assertThat(
            PciPlacement.place(
                    Q35, List.of(at("a", "0000:01:00.0"), at("b", "0000:01:00.0")), List.of())
                .violations())
        .singleElement()
        .satisfies(v -> assertThat(v.message()).contains("taken by a"));
  }

  @Test
  void withoutHotplugThereAreOnlyThePortsInUse() {
    Placing placing = PciPlacement.place(new Q35Topology(0, 0), List.of(device("a")), List.of());

    assertThat(placing.spare()).isEmpty();
    assertThat(placing.devices()).extracting(PlacedDevice::id).containsExactly("rp1", "a");
    assertThat(rendered(placing, "rp1")).contains("\"hotplug\":false");
  }

  @Test
  void moreDevicesThanPortsAreRefused() {
    List<Frontend> many = IntStream.range(0, 57).mapToObj(i -> device("d" + i)).toList();

    assertThat(PciPlacement.place(Q35, many, List.of()).violations())
        .singleElement()
        .satisfies(v -> assertThat(v.message()).contains("d56", "no PCI Express port is left"));
  }

  @Test
  void conventionalPciHasSlots() {
    Frontend display = new Frontend("VGA", "video0", new Slot.RootBus(true), Properties.none());

    Placing placing =
        PciPlacement.place(
            new PcTopology(true), List.of(device("a"), display, device("b")), List.of());

    assertThat(placing.addresses())
        .extracting(g -> g.deviceId() + "@" + g.address().slot())
        .containsExactlyInAnyOrder("a@3", "video0@2", "b@4");
    assertThat(placing.spare()).hasSize(27);
  }

  @Test
  void aMicrovmHasTransportsForVirtioOnly() {
    Topology microvm = new MicrovmTopology(1);

    assertThat(
            PciPlacement.place(
                    microvm,
                    List.of(new Frontend("VGA", "v", Slot.Pci.ANYWHERE, Properties.none())),
                    List.of())
                .violations())
        .hasSize(1);
    assertThat(
            PciPlacement.place(microvm, List.of(virtioMmio("a"), virtioMmio("b")), List.of())
                .violations())
        .singleElement()
        .satisfies(v -> assertThat(v.message()).contains("no virtio-mmio transport is left"));
  }

  @Test
  void devicesOnOtherDevicesComeAfterThem() {
    Placing placing =
        PciPlacement.place(
            Q35,
            List.of(Frontend.on("scsi0.0", "scsi-hd", "disk", Properties.none()), device("scsi0")),
            List.of());

    assertThat(placing.devices().subList(8, 10))
        .extracting(PlacedDevice::id)
        .containsExactly("scsi0", "disk");
  }

  private static Frontend virtioMmio(String id) {
    return new Frontend("virtio-blk-device", id, Slot.Pci.ANYWHERE, Properties.none());
  }

  private static Frontend device(String id) {
    return new Frontend("virtio-x", id, Slot.Pci.ANYWHERE, Properties.none());
  }

  private static Frontend at(String id, String address) {
    return new Frontend("virtio-x", id, new Slot.Pci(address, false), Properties.none());
  }

  private static String rendered(Placing placing, String id) {
    return placing.devices().stream()
        .filter(d -> d.id().equals(id))
        .map(d -> JsonText.of(d.arguments(new Dialect.Pasted())))
        .findFirst()
        .orElseThrow();
  }
}
