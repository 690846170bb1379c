package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import java.util.List;

/**
 * Cuts hanging connections, out of band.
 *
 * @param instances what to cut
 */
public record Yank(List<YankInstance> instances) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "yank";
  }
}
