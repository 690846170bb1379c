package dev.barevirt.launcher.qemu;

import dev.barevirt.qmp.command.QueryChardev;

/** The port of the guest's agent, as QEMU's list of character devices tells of it. */
record AgentPort(Monitor monitor) implements AgentLink.Port {
  /** The id of the host's end. */
  private static final String CHARDEV = "agent";

  @Override
  public boolean isOpen() throws InterruptedException {
    return monitor.ask("ask whether an agent listens", new QueryChardev()).stream()
        .anyMatch(one -> one.label().equals(CHARDEV) && one.frontendOpen());
  }
}
