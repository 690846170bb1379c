package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.HostFacts.Accelerator;
import dev.barevirt.launcher.machine.HostFacts.Feature;
import dev.barevirt.launcher.machine.HostFacts.MachineType;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.ExitStatus;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.os.Programs;
import dev.barevirt.launcher.os.RunningProcess;
import dev.barevirt.launcher.os.SpawnRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostProbeIT {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path directory;

  @Test
  void theQemuOfThisHostSaysWhatItCanDo() throws InterruptedException {
    HostFacts facts = probe().probe().facts();

    assertThat(facts.version().atLeast(7, 2)).isTrue();
    assertThat(facts.machine("q35"))
        .map(MachineType::name)
        .hasValueSatisfying(name -> assertThat(name).startsWith("pc-q35-"));
    assertThat(facts.machine("microvm")).isPresent();
    assertThat(facts.machine("none")).isEmpty();
    assertThat(facts.devices()).contains("virtio-blk-pci", "virtio-net-pci", "isa-serial");
    assertThat(facts.devices()).as("abstract types").doesNotContain("device", "virtio-pci");
    assertThat(facts.cpuModel("max")).isPresent();
    assertThat(facts.features()).contains(Feature.NETDEV_STREAM, Feature.MEMFD);
    assertThat(facts.firmware())
        .allSatisfy(image -> assertThat(Path.of(image.executable())).exists());
  }

  @Test
  void theSecondTimeTheCacheAnswers() throws IOException, InterruptedException {
    HostFacts first = probe().probe().facts();
    Path cached;
    try (var files = Files.list(directory.resolve("cache"))) {
      cached = files.filter(file -> file.toString().contains("qemu-")).findFirst().orElseThrow();
    }
    Object written = Files.getLastModifiedTime(cached);

    HostFacts second = probe().probe().facts();

    assertThat(second).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(cached)).isEqualTo(written);
  }

  @Test
  void withoutQemuOneSentenceSaysSo() {
    HostProbe probe =
        new HostProbe(
            new Programs(List.of(directory)),
            Privileges.current(),
            Children.ofThisProcess(),
            directory.resolve("cache"));

    assertThatThrownBy(probe::probe)
        .hasMessage("there is no qemu-system-x86_64 here: install QEMU 7.2 or later");
    assertThatThrownBy(() -> probe.probe(directory.resolve("qemu")))
        .hasMessage("there is no QEMU at " + directory.resolve("qemu"));
  }

  @Test
  void kvmIsNotBelievedWithoutAProcessorThatHasIt() throws IOException, InterruptedException {
    String processor = Files.readString(Path.of("/proc/cpuinfo"));
    boolean hardware = processor.contains(" vmx") || processor.contains(" svm");

    HostProbe.Findings findings = probe().probe();

    if (findings.kvm() instanceof KvmProbe.Verdict.Unusable(String reason)) {
      assertThat(reason).isNotBlank();
      assertThat(findings.facts().accelerator()).isEqualTo(Accelerator.TCG);
    } else {
      assertThat(hardware).as("a processor that can virtualise").isTrue();
      assertThat(findings.facts().accelerator()).isEqualTo(Accelerator.KVM);
    }
  }

  @Test
  void theGuestOfTheKvmProbeGivesItsProofOnACorrectProcessor() throws IOException {
    Path memory = Files.write(directory.resolve("memory"), KvmProbe.guestMemory());
    byte[] bios = new byte[0x10000];
    // At the reset vector, 16 bytes below the top: jump to 0000:1000, as the probe starts its
    // guest.
    byte[] jump = {(byte) 0xea, 0x00, KvmProbe.ROM_ADDRESS >> 8, 0x00, 0x00};
    System.arraycopy(jump, 0, bios, bios.length - 16, jump.length);
    Path firmware = Files.write(directory.resolve("bios"), bios);
    Path qemu = Programs.usual().find("qemu-system-x86_64").orElseThrow();

    RunningProcess guest =
        Children.ofThisProcess()
            .start(
                SpawnRequest.of(
                        List.of(
                            qemu.toString(),
                            "-machine",
                            "q35",
                            "-accel",
                            "tcg",
                            "-m",
                            "16",
                            "-nodefaults",
                            "-display",
                            "none",
                            "-bios",
                            firmware.toString(),
                            "-device",
                            "loader,file=" + memory + ",addr=0,force-raw=on",
                            "-device",
                            "isa-debug-exit,iobase=0x510,iosize=4"))
                    .withEnvironment(Map.of()));

    // The device turns what the guest writes into an exit code: twice the value, plus one.
    assertThat(guest.awaitExit(SOON)).contains(new ExitStatus.Exited((0x78 * 2 + 1) & 0xff));
  }

  private HostProbe probe() {
    return new HostProbe(
        Programs.usual(),
        Privileges.current(),
        Children.ofThisProcess(),
        directory.resolve("cache"));
  }
}
