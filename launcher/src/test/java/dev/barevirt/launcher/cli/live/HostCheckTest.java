package dev.barevirt.launcher.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.HostFacts.Sidecar;
import dev.barevirt.launcher.machine.HostFacts.SidecarProgram;
import dev.barevirt.launcher.machine.Hosts;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.os.Programs;
import dev.barevirt.launcher.qemu.HostProbe;
import dev.barevirt.launcher.qemu.KvmProbe;
import dev.barevirt.launcher.store.Locations;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said about a host. */
final class HostCheckTest {
  private static final Locations LOCATIONS =
      Locations.of(Map.of("HOME", "/tmp"), Privileges.current());

  @Test
  void anOldPasstIsWhyForwardedPortsGetSlirp() throws Exception {
    HostCheck passt = check(Hosts.emulating(), "passt");

    assertThat(passt.state()).isEqualTo(HostCheck.State.WARNS);
    assertThat(passt.advice()).contains("servers that speak first", "slirp");
  }

  @Test
  void aNewPasstIsFine() throws Exception {
    SidecarProgram program =
        new SidecarProgram("/usr/bin/passt", "passt 2024", Set.of("map-host-loopback"));

    HostCheck passt = check(with(Map.of(Sidecar.PASST, program)), "passt");

    assertThat(passt).isEqualTo(new HostCheck("passt", HostCheck.State.OK, "passt 2024", ""));
  }

  @Test
  void whatIsNotThereComesWithAdvice() throws Exception {
    assertThat(check(Hosts.bare(), "passt").advice()).startsWith("install passt");
    assertThat(check(Hosts.bare(), "uefi").advice()).startsWith("install ovmf");
    assertThat(check(Hosts.bare(), "kvm").found()).isEqualTo("no such processor");
  }

  @Test
  void withoutQemuMachinesDoNotRun() throws Exception {
    assertThat(
            HostCheck.all(
                Programs.of(""), LOCATIONS, Optional.empty(), _ -> findings(Hosts.bare())))
        .contains(
            new HostCheck(
                "qemu", HostCheck.State.FAILS, "not installed", "install qemu-system-x86"));
  }

  private static HostCheck check(HostFacts facts, String what) throws InterruptedException {
    return HostCheck.all(
            Programs.of(""), LOCATIONS, Optional.of(Path.of("/qemu")), _ -> findings(facts))
        .stream()
        .filter(check -> check.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  private static HostProbe.Findings findings(HostFacts facts) {
    return new HostProbe.Findings(facts, new KvmProbe.Verdict.Unusable("no such processor"));
  }

  private static HostFacts with(Map<Sidecar, SidecarProgram> sidecars) {
    HostFacts old = Hosts.emulating();
    return new HostFacts(
        old.qemu(),
        old.version(),
        old.accelerator(),
        old.machines(),
        old.devices(),
        old.cpuModels(),
        old.features(),
        old.firmware(),
        sidecars,
        old.hugepages());
  }
}
