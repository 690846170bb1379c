package dev.barevirt.launcher.pod;

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
import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.launcher.store.Remains;
import dev.barevirt.qmp.wire.WireLoop;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The launcher of a pod, its PID 1: what ends is reaped, and QEMU ends with it. It needs no right
 * but to run QEMU: whatever does is opened by the node's agent and handed over.
 */
public final class LauncherPodMain {
  private static final int USAGE = 2;
  private static final int BUSY = 13;
  private static final int BROKEN = 1;

  private LauncherPodMain() {}

  /** Serves one guest; the exit code says how it ended. */
  public static void main(String[] arguments) throws InterruptedException {
    Optional<PodOptions> options = PodOptions.parse(List.of(arguments));
    if (options.isEmpty()) {
      System.err.println(PodOptions.USAGE);
      System.exit(USAGE);
      return;
    }
    CompletableFuture<Void> told = new CompletableFuture<>();
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> leave(told, code)));
    try {
      code.complete(run(options.get(), System.getenv("PATH"), told));
    } finally {
      boolean _ = code.complete(BROKEN); // unless it is known how the guest ended
    }
    System.exit(code.join());
  }

  /** SIGTERM begins the end of the JVM, which waits here for the end of the guest. */
  private static void leave(CompletableFuture<Void> told, CompletableFuture<Integer> code) {
    told.complete(null);
    Runtime.getRuntime().halt(code.join());
  }

  private static int run(PodOptions options, String path, CompletableFuture<Void> told)
      throws InterruptedException {
    MachineDirectory machine = new MachineDirectory(options.state(), options.runtime()).prepared();
    Optional<Flock> lock = machine.tryLock();
    if (lock.isEmpty()) {
      System.err.println("another launcher runs in " + options.state());
      return BUSY;
    }
    try (Flock _ = lock.get();
        WireLoop loop = WireLoop.start("wire");
        DescriptorShelf shelf = new DescriptorShelf()) {
      Remains.end(machine);
      MachineStarter starter = starter(options, path, loop, machine, shelf);
      return new PodLauncher(loop, options.agent(), machine, starter, shelf, told)
          .serve(System.out);
    }
  }

  private static MachineStarter starter(
      PodOptions options,
      String path,
      WireLoop loop,
      MachineDirectory machine,
      DescriptorShelf shelf) {
    Programs programs = Programs.of(path == null ? "" : path);
    Children children = Children.ofThisProcess();
    HostProbe probe = new HostProbe(programs, Privileges.current(), children, options.cache());
    return QemuStarters.of(
        loop,
        machine,
        programs,
        children,
        EarlyHostFacts.of(binary -> binary == null ? probe.probe() : probe.probe(Path.of(binary))),
        DeviceMappers.ALL,
        shelf);
  }
}
