package dev.barevirt.launcher.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.machine.HotplugPlan.Plug;
import dev.barevirt.launcher.machine.HotplugPlan.Unplug;
import dev.barevirt.launcher.machine.PreparedVolume.BlockSizes;
import dev.barevirt.launcher.machine.PreparedVolume.Format;
import dev.barevirt.launcher.machine.PreparedVolume.Layer;
import dev.barevirt.launcher.machine.device.DeviceMappers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HotplugPlannerTest {
  private static final MachineBuilder BUILDER = new MachineBuilder(DeviceMappers.ALL);
  private static final MachineInput NO_DISK = input(Vmis.domain("devices: {}"));
  private static final MachineInput ONE_DISK = input(guest("data"));

  @Test
  void nothingNewNothingDone() {
    HotplugPlan plan = planned(ONE_DISK, ONE_DISK);

    assertThat(plan.plugs()).isEmpty();
    assertThat(plan.unplugs()).isEmpty();
    assertThat(plan.pending()).isEmpty();
    assertThat(plan.after()).isEqualTo(built(ONE_DISK));
  }

  @Test
  void aNewDiskGoesOnAFreePortAfterItsNodes() {
    MachinePlan running = built(NO_DISK);

    Plug plug = only(planned(NO_DISK, ONE_DISK).plugs());

    assertThat(plug.backends())
        .extracting(Backend::id)
        .containsExactly("vol-data-file", "vol-data");
    assertThat(plug.resources()).hasSize(1);
    assertThat(plug.device().id()).isEqualTo("disk-data");
    assertThat(running.spare()).contains(new PciAddress("rp3", 0, 0));
    assertThat(MonitorCommand.plug(plug.device(), new Dialect.Monitor(Map.of())).arguments())
        .containsEntry("bus", "rp3")
        .containsEntry("drive", "vol-data");
  }

  @Test
  void fdSetsAreNumberedWhenTheyArePassed() {
    Plug plug = only(planned(NO_DISK, ONE_DISK).plugs());

    MonitorCommand add =
        MonitorCommand.add(
            plug.backends().getFirst(), new Dialect.Monitor(Map.of("vol-data-file", 7)));

    assertThat(add.name()).isEqualTo("blockdev-add");
    assertThat(add.arguments()).containsEntry("filename", "/dev/fdset/7");
  }

  @Test
  void aDiskThatIsGoneLeavesWithItsNodes() {
    HotplugPlan plan = planned(ONE_DISK, NO_DISK);

    assertThat(plan.unplugs())
        .singleElement()
        .satisfies(
            unplug -> {
              assertThat(unplug.deviceId()).isEqualTo("disk-data");
              assertThat(unplug.backends())
                  .extracting(b -> MonitorCommand.remove(b).argumentsJson())
                  .containsExactly(
                      "{\"node-name\":\"vol-data\"}", "{\"node-name\":\"vol-data-file\"}");
            });
    assertThat(plan.after().spare()).contains(new PciAddress("rp1", 0, 0));
    assertThat(plan.after().placements()).extracting(p -> p.deviceId()).doesNotContain("disk-data");
  }

  @Test
  void aDiskThatStaysIsNotTouchedWhenAnotherComesBeforeIt() {
    HotplugPlan plan = planned(ONE_DISK, input(guest("archive", "data")));

    assertThat(plan.unplugs()).isEmpty();
    assertThat(only(plan.plugs()).device().id()).isEqualTo("disk-archive");
    assertThat(plan.after().placements())
        .filteredOn(p -> p.deviceId().startsWith("disk-"))
        .extracting(p -> p.deviceId() + "@" + p.bus())
        .containsExactlyInAnyOrder("disk-data@rp1", "disk-archive@rp4");
  }

  @Test
  void aDiskOfAVolumeThatIsNotHotpluggableStays() {
    VirtualMachineInstance fixed =
        Vmis.spec(
            """
            domain:
              memory: {guest: 128Mi}
              devices:
                disks: [{name: data, disk: {bus: virtio}}]
            volumes:
            - name: data
              persistentVolumeClaim: {claimName: data}
            """);

    assertThat(refusals(input(fixed), NO_DISK)).contains("disk-data", "cannot be taken out");
  }

  @Test
  void whenNoPortIsFreeTheDiskIsRefused() {
    MachineInput full = input(Vmis.devices("disableHotplug: true"));
    MachineInput wanted = input(guest("data"));

    assertThat(refusals(full, wanted)).contains("no place is free");
  }

  @Test
  void anInterfaceComesWithItsConnection() {
    MachineInput wanted =
        Inputs.withNetworks(
            input(
                Vmis.spec(
                    """
                    domain:
                      memory: {guest: 128Mi}
                      devices:
                        interfaces: [{name: blue, bridge: {}, macAddress: "02:00:00:00:00:01"}]
                    networks:
                    - name: blue
                      multus: {networkName: blue}
                    """)),
            Map.of(
                "blue", new GivenNetwork("blue", GivenNetwork.Kind.TAP, "tap7", null, List.of())));

    Plug plug = only(planned(NO_DISK, wanted).plugs());

    assertThat(plug.device().id()).isEqualTo("nic-blue");
    assertThat(plug.resources()).hasOnlyElementsOfType(HostResource.Tap.class);
    assertThat(MonitorCommand.add(plug.backends().getFirst(), new Dialect.Monitor(Map.of())).name())
        .isEqualTo("netdev_add");
  }

  @Test
  void whatIsNeitherDiskNorInterfaceWaits() {
    MachineInput bigger = input(Vmis.domain("cpu: {cores: 4}"));

    HotplugPlan plan = planned(NO_DISK, bigger);

    assertThat(plan.pending()).hasSize(1);
    assertThat(plan.plugs()).isEmpty();
    assertThat(plan.after()).isEqualTo(built(NO_DISK));
  }

  @Test
  void aControllerThatItsLastDiskHasLeftIsInNobodysWay() {
    MachineInput onScsi = input(guest("scsi", List.of("data")));
    HotplugPlan emptied = planned(onScsi, NO_DISK);

    assertThat(emptied.unplugs()).extracting(Unplug::deviceId).containsExactly("disk-data");
    HotplugOutcome next = new HotplugPlanner(BUILDER).plan(emptied.after(), NO_DISK, ONE_DISK);
    assertThat(next).isInstanceOf(HotplugOutcome.Planned.class);
    HotplugPlan filled = ((HotplugOutcome.Planned) next).plan();
    assertThat(filled.unplugs()).isEmpty();
    assertThat(only(filled.plugs()).device().id()).isEqualTo("disk-data");
    HotplugOutcome back = new HotplugPlanner(BUILDER).plan(emptied.after(), NO_DISK, onScsi);
    assertThat(back).isInstanceOf(HotplugOutcome.Planned.class);
    assertThat(only(((HotplugOutcome.Planned) back).plan().plugs()).device().id())
        .isEqualTo("disk-data");
  }

  @Test
  void aMicrovmTakesNothing() {
    MachineInput microvm = input(Vmis.domain("machine: {type: microvm}"));

    assertThat(refusals(microvm, ONE_DISK)).contains("microvm");
  }

  private static VirtualMachineInstance guest(String... disks) {
    return guest("virtio", List.of(disks));
  }

  private static VirtualMachineInstance guest(String bus, List<String> disks) {
    StringBuilder devices = new StringBuilder();
    StringBuilder volumes = new StringBuilder();
    for (String disk : disks) {
      devices.append("    - {name: %s, disk: {bus: %s}}\n".formatted(disk, bus));
      volumes.append("- name: %s\n".formatted(disk));
      volumes.append(
          "  persistentVolumeClaim: {claimName: %s, hotpluggable: true}\n".formatted(disk));
    }
    return Vmis.spec(
        "domain:\n  memory: {guest: 128Mi}\n  devices:\n    disks:\n"
            + devices
            + "volumes:\n"
            + volumes);
  }

  private static MachineInput input(VirtualMachineInstance vmi) {
    Map<String, PreparedVolume> volumes = new HashMap<>();
    vmi.spec()
        .volumes()
        .forEach(
            v ->
                volumes.put(
                    v.name(),
                    new PreparedVolume.Disk(
                        v.name(),
                        List.of(new Layer("/images/" + v.name(), Format.RAW, false, false)),
                        true,
                        false,
                        BlockSizes.CLASSIC)));
    return Inputs.withVolumes(Inputs.of(vmi), volumes);
  }

  private static MachinePlan built(MachineInput in) {
    return switch (BUILDER.build(in)) {
      case MachineOutcome.Built(MachinePlan plan) -> plan;
      case MachineOutcome.Refused refused -> throw new AssertionError(refused.violations());
    };
  }

  private static HotplugPlan planned(MachineInput was, MachineInput wanted) {
    return switch (new HotplugPlanner(BUILDER).plan(built(was), was, wanted)) {
      case HotplugOutcome.Planned(HotplugPlan plan) -> plan;
      case HotplugOutcome.Refused refused -> throw new AssertionError(refused.violations());
    };
  }

  private static String refusals(MachineInput was, MachineInput wanted) {
    return switch (new HotplugPlanner(BUILDER).plan(built(was), was, wanted)) {
      case HotplugOutcome.Planned planned -> throw new AssertionError(planned);
      case HotplugOutcome.Refused refused -> refused.violations().toString();
    };
  }

  private static Plug only(List<Plug> plugs) {
    assertThat(plugs).hasSize(1);
    return plugs.getFirst();
  }
}
