package dev.barevirt.qmp.agent;

/** Whether the guest's file systems are held still for a snapshot. */
public enum FreezeState {
  /** They work. */
  THAWED,
  /** Writers wait. */
  FROZEN,
  /** A state this version does not know. */
  UNKNOWN
}
