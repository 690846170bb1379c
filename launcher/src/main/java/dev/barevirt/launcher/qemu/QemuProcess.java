package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.QemuExit;
import dev.barevirt.launcher.os.ExitStatus;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.launcher.os.SupervisedProcess;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * A QEMU process, this launcher's child or one it took over.
 *
 * @param process the process
 * @param errors where it complains
 * @param outOfMemory whether its cgroup has counted a kill for lack of memory
 */
record QemuProcess(SupervisedProcess process, ErrorLog errors, BooleanSupplier outOfMemory) {

  /** How it ended, once it has. */
  CompletionStage<QemuExit> exit() {
    return process.onExit().thenApply(this::explain);
  }

  void signal(Signal signal) {
    process.signal(signal);
  }

  private QemuExit explain(ExitStatus status) {
    List<String> words = errors.tail();
    boolean starved = outOfMemory.getAsBoolean();
    return switch (status) {
      case ExitStatus.Exited(int code) -> new QemuExit(code, null, words, starved);
      case ExitStatus.Signalled(int signal) -> new QemuExit(null, signal, words, starved);
      case ExitStatus.Unknown _ -> QemuExit.unseen(words, starved);
    };
  }
}
