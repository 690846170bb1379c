package dev.barevirt.launcher.cgroup;

/** Whether a machine gets a group of its own. */
public sealed interface Placement {
  /** It does. */
  record Own(MachineCgroup group) implements Placement {}

  /**
   * It does not, and runs in the launcher's group.
   *
   * @param reason why, for {@code doctor}
   */
  record Shared(String reason) implements Placement {}
}
