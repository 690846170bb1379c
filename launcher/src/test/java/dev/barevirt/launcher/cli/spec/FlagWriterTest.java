package dev.barevirt.launcher.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FlagWriterTest {
  @TempDir Path home;

  @Test
  void writesAKernelWithItsPlacesOnThisHost() {
    SpecDocument spec =
        write("--kernel", "/boot/vmlinuz", "--initrd", "initrd.gz", "--append", "quiet");

    String boot = "spec.domain.firmware.kernelBoot.";
    assertThat(spec.text(boot + "container.image")).contains("file:///");
    assertThat(spec.text(boot + "container.kernelPath")).contains("/boot/vmlinuz");
    assertThat(spec.text(boot + "container.initrdPath")).contains(home + "/initrd.gz");
    assertThat(spec.text(boot + "kernelArgs")).contains("quiet");
  }

  @Test
  void givesAMachineMemoryANetworkAndNoScreenByDefault() {
    SpecDocument spec = write("--kernel", "/k");

    assertThat(spec.text("spec.domain.memory.guest")).contains("512Mi");
    assertThat(spec.get("spec.domain.devices.autoattachGraphicsDevice")).contains(false);
    assertThat(spec.get("spec.domain.devices.interfaces[0].masquerade")).contains(Map.of());
    assertThat(spec.get("spec.networks[0].pod")).contains(Map.of());
  }

  @Test
  void leavesAManifestAsItIsUntilAFlagChangesIt() {
    SpecDocument read = SpecDocument.empty();
    read.put("spec.domain.memory.guest", "2Gi");
    var flags = new MachineFlags();
    new CommandLine(flags).parseArgs("-f", "vmi.yaml", "--cpus", "3");

    FlagWriter.write(flags, read, files());

    assertThat(read.text("spec.domain.memory.guest")).contains("2Gi");
    assertThat(read.get("spec.domain.cpu.cores")).contains(3);
    assertThat(read.get("spec.networks")).isEmpty();
    assertThat(read.get("spec.domain.devices")).isEmpty();
  }

  @Test
  void tellsFilesFromImagesByTheirLook() {
    SpecDocument spec =
        write("debian-13", "--disk", "./data,ro", "--disk", "x.iso", "--disk", "tools");

    assertThat(spec.text("spec.volumes[0].containerDisk.image")).contains("debian-13");
    assertThat(spec.text("spec.volumes[1].hostDisk.path")).contains(home + "/data");
    assertThat(spec.get("spec.domain.devices.disks[1].disk.readonly")).contains(true);
    assertThat(spec.get("spec.domain.devices.disks[2].cdrom.bus")).contains("sata");
    assertThat(spec.text("spec.volumes[3].containerDisk.image")).contains("tools");
  }

  @Test
  void makesEmptyDisksAndNewFilesOfASize() {
    SpecDocument spec = write("--disk", "size=10Gi", "--disk", "/srv/new.qcow2,size=1Gi,bus=scsi");

    assertThat(spec.text("spec.volumes[0].emptyDisk.capacity")).contains("10Gi");
    assertThat(spec.text("spec.volumes[1].hostDisk.type")).contains("DiskOrCreate");
    assertThat(spec.text("spec.domain.devices.disks[1].disk.bus")).contains("scsi");
  }

  @Test
  void takesACommaInAFileNameWhenItIsDoubled() {
    SpecDocument spec = write("--disk", "/srv/a,,b.img,serial=X1");

    assertThat(spec.text("spec.volumes[0].hostDisk.path")).contains("/srv/a,b.img");
    assertThat(spec.text("spec.domain.devices.disks[0].serial")).contains("X1");
  }

  @Test
  void notesWhatOnlyThisHostKnows() {
    SpecDocument spec =
        write("--net", "user", "--net", "tap=tap0", "-p", "2222:22", "-p", "53:53/udp");

    assertThat(spec.annotation(HostNotes.PUBLISH)).contains("2222:22,53:53/udp");
    assertThat(spec.annotation(HostNotes.NETWORK + "net1")).contains("tap=tap0");
    assertThat(spec.get("spec.domain.devices.interfaces[1].bridge")).contains(Map.of());
  }

  @Test
  void sharesADirectory() {
    SpecDocument spec = write("--share", "/srv/www:www:ro");

    assertThat(spec.text("spec.volumes[0].containerPath.path")).contains("/srv/www");
    assertThat(spec.get("spec.volumes[0].containerPath.readOnly")).contains(true);
    assertThat(spec.text("spec.domain.devices.filesystems[0].name")).contains("www");
  }

  @Test
  void allowsBackingFilesOnlyWhenAsked() {
    assertThat(write("--memory", "64Mi").annotation(HostNotes.BACKING)).isEmpty();
    assertThat(write("--allow-backing").annotation(HostNotes.BACKING)).contains("true");
  }

  @Test
  void letsAKeyLogIn() throws Exception {
    Files.createDirectories(home.resolve(".ssh"));
    Files.writeString(home.resolve(".ssh/id_ed25519.pub"), "ssh-ed25519 AAAA me@here\n");

    SpecDocument spec = write("--ssh-key", "auto", "--user", "ann");

    assertThat(spec.text("spec.volumes[0].cloudInitNoCloud.userData").orElseThrow())
        .startsWith("#cloud-config\n")
        .contains("- name: ann", "[\"ssh-ed25519 AAAA me@here\"]");
    assertThat(spec.annotation(HostNotes.USER)).contains("ann");
  }

  @Test
  void setsAnyFieldLast() {
    SpecDocument spec =
        write(
            "--cpus", "2",
            "--set", "spec.domain.cpu.cores=4",
            "--set", "spec.hostname=\"7\"",
            "--set", "spec.domain.devices.disks[0].name=a=b",
            "--set", "spec.networks=null");

    assertThat(spec.get("spec.domain.cpu.cores")).contains(4L);
    assertThat(spec.get("spec.hostname")).contains("7");
    assertThat(spec.get("spec.domain.devices.disks[0].name")).contains("a=b");
    assertThat(spec.get("spec.networks")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--disk|a.img,buss=scsi|--disk does not know 'buss'; it takes bus, ro, cdrom, cache, size,"
            + " serial, boot, name",
        "--disk|a.img,bus=ide|--disk bus='ide' is none of virtio, scsi, sata, usb",
        "--disk|empty|--disk empty needs a size, as in --disk size=10Gi",
        "--disk|size=ten|--disk size 'ten' is not a size",
        "--memory|lots|--memory 'lots' is not a size",
        "--cpus|0|--cpus must be between 1 and 4096, not 0",
        "--net|wifi|--net 'wifi' is none of user, tap=DEVICE, bridge=NAME, none",
        "--net|tap=../x|--net tap='../x' is not a device name",
        "-p|22|-p '22' is not of the form [ADDRESS:]HOST:GUEST[/udp]",
        "-p|0:22|port 0 is not between 1 and 65535",
        "--share|/x|--share '/x' is not of the form DIR:TAG[:ro]",
        "--share|/x:A B|--share tag 'A B' is not 1 to 36 lower-case letters, digits and '-'",
        "--initrd|/x|--initrd needs --kernel",
        "--set|x|--set 'x' is not of the form path=value",
        "--set|spec..x=1|'spec..x' is not a path into a manifest",
        "--set|spec.volumes[3].name=x|'spec.volumes[3].name' skips entries: the list has 0 so far",
        "--user|A;b|--user 'A;b' is not a user name",
      })
  void refusesInOneSentence(String flag, String value, String sentence) {
    assertThatExceptionOfType(CliFailure.class)
        .isThrownBy(() -> write(flag, value))
        .satisfies(failure -> assertThat(failure.sentence()).isEqualTo(sentence))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void showsControlCharactersInsteadOfPrintingThem() {
    assertThatExceptionOfType(CliFailure.class)
        .isThrownBy(() -> write("--disk", "/a\u001b[2J.img"))
        .satisfies(
            failure -> assertThat(failure.sentence()).contains("\\u001b").doesNotContain("\u001b"));
  }

  private SpecDocument write(String... arguments) {
    var flags = new MachineFlags();
    new CommandLine(flags).parseArgs(arguments);
    SpecDocument document = SpecDocument.empty();
    FlagWriter.write(flags, document, files());
    return document;
  }

  private HostFiles files() {
    return new HostFiles(home, home);
  }

  @Test
  void keepsTheOrderOfPublishedPorts() {
    assertThat(List.of(Publish.parse("[::1]:80:8080"), Publish.parse("53:53/udp")))
        .containsExactly(
            new Publish("tcp", "::1", 80, 8080), new Publish("udp", "127.0.0.1", 53, 53));
  }
}
