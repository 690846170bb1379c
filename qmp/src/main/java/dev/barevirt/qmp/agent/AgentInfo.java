package dev.barevirt.qmp.agent;

import java.util.List;

/**
 * Which agent runs and what it can do.
 *
 * @param version its version
 * @param supportedCommands its commands
 */
public record AgentInfo(String version, List<Command> supportedCommands) {
  /**
   * A command of the agent.
   *
   * @param name its wire name
   * @param enabled whether the guest's administrator allows it
   * @param successResponse whether it answers when it succeeds
   */
  public record Command(String name, boolean enabled, boolean successResponse) {}

  /** Whether a command may be used. */
  public boolean offers(String command) {
    return supportedCommands.stream().anyMatch(c -> c.enabled() && c.name().equals(command));
  }
}
