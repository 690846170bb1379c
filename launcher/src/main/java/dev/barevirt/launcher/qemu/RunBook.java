package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.os.ProcessIdentity;
import dev.barevirt.launcher.store.MachineDirectory;
import dev.barevirt.launcher.store.RunRecord;
import java.util.function.UnaryOperator;

/**
 * The processes of the run, written down as soon as each is there: whoever comes after a launcher
 * that was killed finds them all. The lock is held while the file is written, so that what is
 * written last is what is true last.
 */
final class RunBook {
  private final MachineDirectory machine;
  private final ProcessIdentity self;
  private RunRecord record;

  RunBook(MachineDirectory machine) {
    this.machine = machine;
    this.self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    this.record = RunRecord.begin(self);
  }

  /** A new run, without any process but ours. */
  void begin() {
    write(_ -> RunRecord.begin(self));
  }

  /** The run of an earlier launcher is ours now. */
  void takeOver(RunRecord run) {
    write(_ -> run.adoptedBy(self));
  }

  /** A process was started that the run needs. */
  void started(ProcessIdentity process) {
    write(run -> run.with(process));
  }

  /** QEMU can be taken over by a later launcher. */
  void ready(ProcessIdentity qemu) {
    write(run -> run.withQemu(qemu));
  }

  /** A process of the run is there no more. */
  void ended(ProcessIdentity process) {
    write(run -> run.ended(process));
  }

  /** The run has ended and has tidied up after itself. */
  synchronized void forget() {
    record = RunRecord.begin(self);
    machine.forgetRun();
  }

  private synchronized void write(UnaryOperator<RunRecord> change) {
    record = change.apply(record);
    machine.recordRun(record);
  }
}
