package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import org.jspecify.annotations.Nullable;

/**
 * Runs a line of the human monitor. What it prints is no interface.
 *
 * @param commandLine the line
 * @param cpuIndex the CPU it is about
 */
public record HumanMonitorCommand(String commandLine, @Nullable Integer cpuIndex)
    implements QmpCommand<String> {
  @Override
  public String wireName() {
    return "human-monitor-command";
  }

  @Override
  public ReplyType<String> replyType() {
    return ReplyType.text();
  }

  @Override
  public boolean secret() {
    return true;
  }
}
