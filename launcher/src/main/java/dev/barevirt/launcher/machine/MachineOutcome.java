package dev.barevirt.launcher.machine;

import dev.barevirt.api.rules.Violation;
import java.util.List;

/** What became of an instance: a machine, or all the reasons why there is none. */
public sealed interface MachineOutcome {
  /**
   * A machine.
   *
   * @param plan the machine
   */
  record Built(MachinePlan plan) implements MachineOutcome {}

  /**
   * No machine.
   *
   * @param violations every field that stands in the way
   */
  record Refused(List<Violation> violations) implements MachineOutcome {
    /** Copies the list. */
    public Refused {
      violations = List.copyOf(violations);
    }
  }
}
