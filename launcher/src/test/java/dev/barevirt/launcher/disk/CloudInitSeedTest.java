package dev.barevirt.launcher.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.yaml.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloudInitSeedTest {
  private static final String MANIFEST =
      """
      apiVersion: kubevirt.io/v1
      kind: VirtualMachineInstance
      metadata: {name: a, namespace: b}
      spec:
        hostname: c
        domain:
          firmware: {uuid: 5d307ca9-b3ef-428c-8861-06e72d69f223}
          devices:
            disks:
              - {name: d, disk: {bus: virtio}, serial: S1, tag: backup}
              - {name: e, cdrom: {bus: sata}}
            interfaces:
              - {name: f, macAddress: "02-00-00-00-00-AA", tag: uplink, pciAddress: "0000:01:00.0"}
      """;

  @Test
  void aConfigDriveTellsOfTheGuestAndItsTaggedDevices() {
    GuestIdentity guest =
        switch (YamlReader.read(VirtualMachineInstance.class, MANIFEST)) {
          case Reading.Accepted<VirtualMachineInstance>(VirtualMachineInstance vmi) ->
              GuestIdentity.of(vmi, GuestIdentity.BootKeys.NONE);
          case Reading.Refused<VirtualMachineInstance> refused ->
              throw new AssertionError(refused.violations());
        };

    assertThat(text(CloudInitSeed.configDrive(guest, "u".getBytes(UTF_8), null)))
        .contains(
            """
            {"instance_id":"a.b","uuid":"5d307ca9-b3ef-428c-8861-06e72d69f223","hostname":"c",\
            "local-hostname":"c","devices":[{"type":"nic","bus":"pci","address":"0000:01:00.0",\
            "mac":"02:00:00:00:00:aa","tags":["uplink"]},{"type":"disk","bus":"virtio",\
            "serial":"S1","tags":["backup"]}]}\
            """);
  }

  @Test
  void keysReachTheGuestByTheirNumber() {
    var guest =
        new GuestIdentity(
            "i",
            "h",
            null,
            new GuestIdentity.BootKeys(List.of("ssh-ed25519 \"k\""), List.of()),
            List.of());

    assertThat(text(CloudInitSeed.noCloud(guest, null, "n: 1".getBytes(UTF_8))))
        .contains(
            """
            {"instance-id":"i","local-hostname":"h","public-keys":{"0":"ssh-ed25519 \\"k\\""}}\
            """)
        .contains("n: 1");
  }

  @Test
  void theSameSeedIsTheSameImage() {
    var guest = new GuestIdentity("i", "h", null, GuestIdentity.BootKeys.NONE, List.of());

    assertThat(CloudInitSeed.noCloud(guest, null, null).bytes())
        .isEqualTo(CloudInitSeed.noCloud(guest, null, null).bytes());
  }

  private static String text(IsoImage image) {
    return new String(image.bytes(), UTF_8);
  }
}
