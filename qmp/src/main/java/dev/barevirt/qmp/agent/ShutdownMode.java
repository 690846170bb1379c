package dev.barevirt.qmp.agent;

/** How a guest goes down when its agent is asked. */
public enum ShutdownMode {
  /** Off, machine included. */
  POWERDOWN,
  /** Stopped, machine on. */
  HALT,
  /** Down and up again. */
  REBOOT
}
