package dev.barevirt.launcher.machine;

import dev.barevirt.api.rules.Violation;
import java.util.List;

/** What became of a wish to change a running machine. */
public sealed interface HotplugOutcome {
  /**
   * It can be done.
   *
   * @param plan how
   */
  record Planned(HotplugPlan plan) implements HotplugOutcome {}

  /**
   * It cannot, and nothing is done.
   *
   * @param violations why
   */
  record Refused(List<Violation> violations) implements HotplugOutcome {
    /** Copies the list. */
    public Refused {
      violations = List.copyOf(violations);
    }
  }
}
