package dev.barevirt.launcher.store;

import dev.barevirt.launcher.os.AdoptedProcess;
import dev.barevirt.launcher.os.MarkedProcesses;
import dev.barevirt.launcher.os.ProcessIdentity;
import dev.barevirt.launcher.os.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes of a run whose launcher was killed before its QEMU could be taken over, or whose QEMU
 * is gone. Nobody needs them, and they hold disks and ports.
 */
public final class Remains {
  private static final Logger LOG = LoggerFactory.getLogger(Remains.class);
  private static final Duration DYING = Duration.ofSeconds(10);
  private static final String MARK = "BAREVIRT_RUNTIME";

  private Remains() {}

  /**
   * The variable by which a process is known as one of a machine's run, also when its launcher was
   * killed before it could write it down.
   */
  public static Map<String, String> mark(Path runtime) {
    return Map.of(MARK, runtime.toString());
  }

  /**
   * Ends them and forgets the run. Only the holder of the machine's lock may ask for it, and only
   * when no QEMU of the machine can be taken over.
   */
  public static void end(MachineDirectory machine) {
    Set<ProcessIdentity> found = new LinkedHashSet<>();
    machine
        .run()
        .filter(RunRecord::isOfThisBoot)
        .ifPresent(
            run -> {
              found.addAll(run.others());
              if (run.qemu() != null) {
                found.add(run.qemu());
              }
            });
    found.addAll(MarkedProcesses.find(MARK, machine.runtime().toString()));
    found.forEach(Remains::end);
    machine.forgetRun();
  }

  private static void end(ProcessIdentity process) {
    AdoptedProcess.find(process)
        .ifPresent(
            left -> {
              LOG.info("process {} is left of an earlier run and is ended", process.pid());
              left.signal(Signal.KILL);
              if (left.awaitExit(DYING).isEmpty()) {
                LOG.warn("process {} does not end", process.pid());
              }
              left.close();
            });
  }
}
