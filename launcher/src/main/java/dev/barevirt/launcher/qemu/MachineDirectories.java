package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.machine.MachinePaths;
import dev.barevirt.launcher.store.MachineDirectory;
import java.nio.file.Path;

/**
 * Where one guest's files are. QEMU and what stands beside it start in the runtime directory and
 * name their sockets relative to it, so that they need no right to the directories above.
 *
 * @param machine the machine's directories
 */
record MachineDirectories(MachineDirectory machine) {

  /** The paths as QEMU names them. */
  MachinePaths seenByQemu() {
    return new MachinePaths(".", machine.state().toString());
  }

  Path runtime() {
    return machine.runtime();
  }

  Path monitor() {
    return socket(seenByQemu().monitor());
  }

  Path rescue() {
    return socket(seenByQemu().rescue());
  }

  Path serial() {
    return socket(seenByQemu().serial());
  }

  Path agent() {
    return socket(seenByQemu().agent());
  }

  Path metrics() {
    return socket(seenByQemu().metrics());
  }

  Path display() {
    return socket(seenByQemu().vnc());
  }

  Path usbRedirection(int index) {
    return socket(seenByQemu().usbRedirection(index));
  }

  /** What a later launcher has to know. */
  Path record() {
    return machine.state().resolve("machine.json");
  }

  private Path socket(String named) {
    return machine.runtime().resolve(named).normalize();
  }
}
