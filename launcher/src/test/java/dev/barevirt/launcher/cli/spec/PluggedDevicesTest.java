package dev.barevirt.launcher.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluggedDevicesTest {
  private static final String DISKS = "spec.domain.devices.disks";
  private static final String INTERFACES = "spec.domain.devices.interfaces";
  private static final HostFiles FILES = new HostFiles(Path.of("/work"), Path.of("/home"));

  private final SpecDocument spec = SpecDocument.empty();
  private final PluggedDevices devices = new PluggedDevices(spec);

  @BeforeEach
  void nameTheMachine() {
    spec.put("metadata.name", "web");
    spec.put("spec.domain.memory.guest", "64Mi");
  }

  @Test
  void aDiskIsAClaimThatCanBeTakenOutAgain() {
    String name = devices.addDisk("./data.img,serial=S1,cache=none,ro", FILES);

    assertThat(name).isEqualTo("disk0");
    assertThat(spec.get(DISKS + "[0].disk")).contains(Map.of("bus", "virtio", "readonly", true));
    assertThat(spec.text(DISKS + "[0].serial")).contains("S1");
    assertThat(spec.get("spec.volumes[0].persistentVolumeClaim"))
        .contains(Map.of("claimName", "disk0", "hotpluggable", true));
    assertThat(spec.annotation(HostNotes.FILES + "disk0")).contains("/work/data.img");
    assertThat(Manifest.check("test", spec).spec().volumes()).hasSize(1);
  }

  @Test
  void aDiskThatIsTakenOutLeavesNothing() {
    SpecDocument before = SpecDocument.of(spec.tree());
    before.put(DISKS, List.of());
    before.put("spec.volumes", List.of());
    before.put("metadata.annotations", Map.of());
    devices.addDisk("./data.img,name=data", FILES);

    devices.removeDisk("data");

    assertThat(spec.tree()).isEqualTo(before.tree());
  }

  @Test
  void namesAreNotUsedTwice() {
    assertThat(devices.addDisk("/a.img", FILES)).isEqualTo("disk0");
    assertThat(devices.addDisk("/b.img", FILES)).isEqualTo("disk1");
    devices.removeDisk("disk0");
    assertThat(devices.addDisk("/c.img", FILES)).isEqualTo("disk0");
    refuses(
        ExitCode.CONFLICT,
        "already a volume 'disk1'",
        () -> devices.addDisk("/d.img,name=disk1", FILES));
  }

  @Test
  void anImageFileOfADiscIsACdrom() {
    devices.addDisk("/tools.iso", FILES);

    assertThat(spec.get(DISKS + "[0].cdrom")).contains(Map.of("bus", "scsi"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "debian|'debian' is not the path of a file or block device",
        "/a.img,bus=sata|disk bus='sata' is none of virtio, scsi, usb",
        "/a.img,size=1Gi|disk does not know 'size'",
        ",ro|has nothing before its first comma",
      })
  void refusesASourceInOneSentence(String source, String sentence) {
    refuses(ExitCode.USAGE, sentence, () -> devices.addDisk(source, FILES));
  }

  @Test
  void saysWhichDisksAndInterfacesThereAre() {
    spec.put("spec.domain.devices.autoattachPodInterface", false);
    refuses(
        ExitCode.NOT_FOUND, "no interface 'eth0'; it has none", () -> devices.removeNic("eth0"));
    devices.addDisk("/a.img,name=a", FILES);
    devices.addDisk("/b.img,name=b", FILES);
    refuses(ExitCode.NOT_FOUND, "no disk 'c'; it has a, b", () -> devices.removeDisk("c"));
  }

  @Test
  void anotherInterfaceDoesNotReplaceTheOneThatIsThereUnsaid() {
    assertThat(devices.addNic("user")).isEqualTo("net1");
    assertThat(spec.names(INTERFACES)).containsExactly("default", "net1");
    assertThat(Manifest.check("test", spec).spec().networks()).hasSize(2);

    devices.removeNic("default");
    assertThat(devices.addNic("bridge=br0,model=e1000e")).isEqualTo("net2");
    assertThat(spec.annotation(HostNotes.NETWORK + "net2")).contains("bridge=br0");
    assertThat(spec.names("spec.networks")).containsExactly("net1", "net2");
    assertThat(Manifest.check("test", spec).spec().networks()).hasSize(2);
  }

  @Test
  void theLastInterfaceDoesNotComeBackUnsaidAndTakesItsPortsAlong() {
    spec.annotate(HostNotes.PUBLISH, "2222:22");

    devices.removeNic("default");

    assertThat(spec.names(INTERFACES)).isEmpty();
    assertThat(spec.get("spec.domain.devices.autoattachPodInterface")).contains(false);
    assertThat(spec.annotation(HostNotes.PUBLISH)).isEmpty();
    assertThat(devices.addNic("user")).isEqualTo("default");
    assertThat(Manifest.check("test", spec).spec().networks()).hasSize(1);
  }

  @Test
  void portsOfAnotherInterfaceStay() {
    spec.annotate(HostNotes.PUBLISH, "2222:22");
    devices.addNic("user");

    devices.removeNic("net1");

    assertThat(spec.annotation(HostNotes.PUBLISH)).contains("2222:22");
  }

  @Test
  void noNetworkIsNoInterface() {
    refuses(ExitCode.USAGE, "--net none is no network", () -> devices.addNic("none"));
  }

  private static void refuses(ExitCode code, String sentence, Runnable edit) {
    assertThatExceptionOfType(CliFailure.class)
        .isThrownBy(edit::run)
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(code))
        .satisfies(failure -> assertThat(failure.sentence()).contains(sentence));
  }
}
