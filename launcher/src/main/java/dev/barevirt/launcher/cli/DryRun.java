package dev.barevirt.launcher.cli;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.cli.live.Contract;

/** What {@code --dry-run} prints. */
enum DryRun {
  /** The QEMU command, an argument a line. */
  ARGV,
  /** The QEMU command as a JSON list. */
  JSON,
  /** The QEMU command as one line for a shell. */
  SHELL,
  /** The manifest that the flags stand for. */
  SPEC;

  int print(Session session, VirtualMachineInstance vmi) throws InterruptedException {
    switch (this) {
      case SPEC -> session.out().document(Contract.tree(vmi));
      case ARGV, JSON, SHELL -> throw new UnsupportedOperationException();
    }
    return Action.DONE;
  }
}
