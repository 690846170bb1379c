package dev.barevirt.launcher;

import dev.barevirt.launcher.guest.MachineStarter;
import dev.barevirt.launcher.machine.device.DeviceMappers;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.DescriptorShelf;
import dev.barevirt.launcher.os.Flock;
import dev.barevirt.launcher.os.Privileges;
import dev.barevirt.launcher.os.Programs;
import dev.barevirt.launcher.qemu.EarlyHostFacts;
import dev.barevirt.launcher.qemu.HostProbe;
import dev.barevirt.launcher.qemu.QemuStarters;
import dev.barevirt.launcher.store.Liveness;
import dev.barevirt.launcher.store.Locations;
import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.launcher.store.MachineStore;
import dev.barevirt.launcher.store.Remains;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.WireLoop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The resident launcher: one process per guest, from its first request to its end. */
public final class LauncherMain {
  private static final int USAGE = 1;
  private static final int BUSY = 13;

  private LauncherMain() {}

  /** Serves one guest; ends when it has ended. */
  public static void main(String[] arguments) throws InterruptedException {
    Optional<ResidentOptions> options = ResidentOptions.parse(List.of(arguments));
    if (options.isEmpty()) {
      System.err.println(ResidentOptions.USAGE);
      System.exit(USAGE);
      return;
    }
    System.exit(run(options.get(), System.getenv()));
  }

  private static int run(ResidentOptions options, Map<String, String> environment)
      throws InterruptedException {
    MachineDirectory machine = new MachineDirectory(options.state(), options.runtime()).prepared();
    Optional<Flock> lock = machine.tryLock();
    if (lock.isEmpty()) {
      System.err.println("another launcher runs " + machine.name());
      return BUSY;
    }
    if (!options.adopt() && machine.liveness() == Liveness.ORPHANED) {
      System.err.println(machine.name() + " runs without a launcher: --adopt takes it up");
      return BUSY;
    }
    try (Flock _ = lock.get();
        WireLoop loop = WireLoop.start("wire")) {
      if (!options.adopt()) {
        Remains.end(machine);
      }
      new Resident(loop, machine, starter(options, environment, loop, machine))
          .serve(OwnedFd.of(options.listenFd()), options.adopt());
      if (machine.goesWhenItEnds()) {
        MachineStore.remove(machine);
      }
      return 0;
    }
  }

  private static MachineStarter starter(
      ResidentOptions options,
      Map<String, String> environment,
      WireLoop loop,
      MachineDirectory machine) {
    Privileges user = Privileges.current();
    Programs programs = Programs.of(environment.getOrDefault("PATH", ""));
    Children children = Children.ofThisProcess();
    Path cache =
        options.cache() == null ? Locations.of(environment, user).cache() : options.cache();
    HostProbe probe = new HostProbe(programs, user, children, cache);
    return QemuStarters.of(
        loop,
        machine,
        programs,
        children,
        EarlyHostFacts.of(binary -> binary == null ? probe.probe() : probe.probe(Path.of(binary))),
        DeviceMappers.ALL,
        new DescriptorShelf());
  }
}
