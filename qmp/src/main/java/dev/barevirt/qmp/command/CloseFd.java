package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Closes a file passed with {@link GetFd} that was not used.
 *
 * @param fdname the name
 */
public record CloseFd(String fdname) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "closefd";
  }
}
