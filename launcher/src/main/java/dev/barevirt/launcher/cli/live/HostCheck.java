package dev.barevirt.launcher.cli.live;

import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.HostFacts.Feature;
import dev.barevirt.launcher.machine.HostFacts.Sidecar;
import dev.barevirt.launcher.os.OsException;
import dev.barevirt.launcher.os.Programs;
import dev.barevirt.launcher.os.UnixSocket;
import dev.barevirt.launcher.qemu.HostFactsSource;
import dev.barevirt.launcher.qemu.HostProbe;
import dev.barevirt.launcher.qemu.KvmProbe;
import dev.barevirt.launcher.store.Locations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One thing about this host that matters to machines.
 *
 * @param what the thing
 * @param state how it is
 * @param found what was found
 * @param advice what to do; empty when nothing needs doing
 */
public record HostCheck(String what, State state, String found, String advice) {
  private static final int LONGEST_SOCKET_NAME = 40;

  /** How something is. */
  public enum State {
    /** As it should be. */
    OK,
    /** Machines run, slower or with less. */
    WARNS,
    /** Machines do not run. */
    FAILS
  }

  /** Looks at everything. */
  public static List<HostCheck> all(
      Programs programs, Locations locations, Optional<Path> qemu, HostFactsSource host)
      throws InterruptedException {
    List<HostCheck> checks = new ArrayList<>();
    if (qemu.isEmpty()) {
      checks.add(new HostCheck("qemu", State.FAILS, "not installed", "install qemu-system-x86"));
    } else {
      facts(host.facts(qemu.get().toString()), checks);
    }
    checks.add(program(programs, "qemu-img", State.FAILS, "install qemu-utils"));
    checks.add(
        program(programs, "skopeo", State.WARNS, "install skopeo to pull images from registries"));
    checks.add(program(programs, "ssh", State.WARNS, "install openssh-client for 'launcher ssh'"));
    checks.add(sockets(locations));
    return checks;
  }

  private static void facts(HostProbe.Findings found, List<HostCheck> checks) {
    HostFacts facts = found.facts();
    boolean current = facts.version().atLeast(7, 2);
    checks.add(
        new HostCheck(
            "qemu",
            current ? State.OK : State.FAILS,
            facts.version() + " (" + facts.qemu() + ")",
            current ? "" : "QEMU 7.2 or later is needed"));
    checks.add(
        switch (found.kvm()) {
          case KvmProbe.Verdict.Usable _ -> new HostCheck("kvm", State.OK, "runs guests", "");
          case KvmProbe.Verdict.Unusable(String reason) ->
              new HostCheck(
                  "kvm",
                  State.WARNS,
                  reason,
                  "guests are emulated, which is slow; enable virtualisation for this host");
        });
    checks.add(passt(facts));
    checks.add(
        sidecar(facts, Sidecar.VIRTIOFSD, "virtiofsd", "install virtiofsd to share directories"));
    checks.add(sidecar(facts, Sidecar.SWTPM, "swtpm", "install swtpm for --tpm"));
    boolean firmware = !facts.firmware().isEmpty();
    checks.add(
        new HostCheck(
            "uefi",
            firmware ? State.OK : State.WARNS,
            firmware ? facts.firmware().size() + " images" : "no images",
            firmware ? "" : "install ovmf for --efi"));
    checks.add(feature(facts, Feature.IO_URING, "io_uring", "disks use threads instead"));
    checks.add(
        feature(facts, Feature.TUN, "tap devices", "--net tap and bridge need /dev/net/tun"));
  }

  private static HostCheck passt(HostFacts facts) {
    HostCheck installed =
        sidecar(facts, Sidecar.PASST, "passt", "install passt for faster user networking");
    boolean old = facts.sidecar(Sidecar.PASST).filter(p -> !p.forwardsGreetings()).isPresent();
    return old
        ? new HostCheck(
            installed.what(),
            State.WARNS,
            installed.found(),
            "this one hangs clients of servers that speak first, so machines with forwarded TCP"
                + " ports get slirp, which is slower; a passt of 2024 or later does not")
        : installed;
  }

  private static HostCheck sidecar(HostFacts facts, Sidecar kind, String name, String advice) {
    HostFacts.SidecarProgram program = facts.sidecars().get(kind);
    return program == null
        ? new HostCheck(name, State.WARNS, "not installed", advice)
        : new HostCheck(name, State.OK, program.version(), "");
  }

  private static HostCheck feature(HostFacts facts, Feature feature, String name, String advice) {
    return facts.features().contains(feature)
        ? new HostCheck(name, State.OK, "works", "")
        : new HostCheck(name, State.WARNS, "does not work", advice);
  }

  private static HostCheck program(Programs programs, String name, State missing, String advice) {
    return programs
        .find(name)
        .map(path -> new HostCheck(name, State.OK, path.toString(), ""))
        .orElse(new HostCheck(name, missing, "not installed", advice));
  }

  private static HostCheck sockets(Locations locations) {
    try {
      UnixSocket.requireShort(locations.runtime().resolve("x".repeat(LONGEST_SOCKET_NAME)));
      return new HostCheck("socket paths", State.OK, locations.runtime().toString(), "");
    } catch (OsException e) {
      return new HostCheck(
          "socket paths",
          State.FAILS,
          locations.runtime().toString(),
          "choose a shorter --runtime-dir");
    }
  }
}
