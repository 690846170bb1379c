package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.cli.live.Contract;
import dev.barevirt.launcher.cli.live.DryMachine;
import java.util.List;

/** What {@code --dry-run} prints. */
enum DryRun {
  /** The QEMU command, an argument a line. */
  ARGV,
  /** The QEMU command as a JSON list. */
  JSON,
  /** The QEMU command, and what must be there for it, as lines for a shell. */
  SHELL,
  /** The manifest that the flags stand for. */
  SPEC;

  int print(Session session, VirtualMachineInstance vmi) throws InterruptedException {
    if (this == SPEC) {
      session.out().document(Contract.tree(vmi));
      return Action.DONE;
    }
    session.workplace().qemu();
    GuestRequest request = session.machines().plan(vmi);
    DryMachine machine = DryMachine.make(session.workplace().hostFacts(), request);
    try {
      List<String> argv = machine.argv();
      switch (this) {
        case ARGV -> argv.forEach(session.out()::line);
        case JSON -> session.out().jsonLine(argv);
        case SHELL -> {
          session.out().text(machine.shell());
          session.out().note("the files it uses are in " + machine.directory());
        }
        case SPEC -> throw new IllegalStateException("printed already");
      }
    } finally {
      if (this != SHELL) {
        machine.delete();
      }
    }
    return Action.DONE;
  }
}
